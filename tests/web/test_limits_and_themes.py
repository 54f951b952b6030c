"""How often may be asked, and whose colours a page wears: both pure."""

import pytest

from bot.web import themes
from bot.web.limits import MOST, RATES, Limits, Rate
from flows import schemes
from flows.scheme import Scheme
from tests.schemes import scheme


def test_a_bucket_gives_its_burst_and_then_a_drop_each_while() -> None:
    limits = Limits({"turn": Rate(3, 10.0)})

    assert [limits.wait("turn", "a", at) for at in (0, 0, 0)] == [0, 0, 0]
    assert limits.wait("turn", "a", 0) == 10.0
    assert limits.wait("turn", "a", 4) == 6.0
    assert limits.wait("turn", "a", 10) == 0
    assert limits.wait("turn", "b", 10) == 0


def test_who_did_nothing_lately_is_forgotten_first() -> None:
    limits = Limits({"turn": Rate(2, 1.0)})
    limits.wait("turn", "busy", 1000)
    limits.wait("turn", "busy", 1000)
    for number in range(MOST):
        limits.wait("turn", str(number), 0)
    limits.wait("turn", "one more", 1000)

    assert len(limits._buckets) <= MOST // 2 + 2
    assert limits.wait("turn", "busy", 1000) == 1.0


def test_an_address_may_do_more_than_a_session() -> None:
    assert RATES["page"].burst > RATES["turn"].burst > RATES["code"].burst


@pytest.mark.parametrize(
    "accent", ["#ffff00", "#000000", "#ffffff", "#7a2e5d", "#1d5c63", "#808080", "#ff0000"]
)
@pytest.mark.parametrize("paper", [themes.LIGHT, themes.DARK, "#fdfcfa", "#14191d"])
def test_whatever_colour_is_wished_it_can_be_read(accent: str, paper: str) -> None:
    base = themes.LIGHT if paper in (themes.LIGHT, "#fdfcfa") else themes.DARK
    shown = themes.readable(accent, base)

    assert themes.contrast(shown, paper) >= 4.5
    assert themes.contrast(themes.ink(shown), shown) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("id", schemes.ids())
def test_every_scheme_has_a_sheet_of_its_own(id: str) -> None:
    assert themes.sheet(scheme(id)).count("--accent:#") == 2


def test_a_scheme_cannot_write_style() -> None:
    import msgspec  # noqa: PLC0415

    wild: Scheme = msgspec.structs.replace(scheme("blijf-groep"), theme={"accent": "red;} body{display:none"})

    assert themes.sheet(wild) == themes.sheet(msgspec.structs.replace(wild, theme={}))
