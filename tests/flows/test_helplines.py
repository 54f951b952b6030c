"""Help lines: which, in which order, and open or not in Dutch time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows import helplines
from flows.helplines import lines_for
from flows.understand.danger import KINDS

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def ids(*kinds: str, exclude: frozenset[str] = frozenset(), child: bool | None = None) -> list[str]:
    return [line.id for line in lines_for(kinds, NOON, exclude, child)]


def test_violence_names_112_then_veilig_thuis_then_the_kindertelefoon() -> None:
    assert ids("violence") == ["112", "veilig_thuis", "kindertelefoon"]
    assert ids("violence", child=True) == ["112", "veilig_thuis", "kindertelefoon"]


def test_an_adult_is_not_sent_to_the_kindertelefoon() -> None:
    assert ids("violence", child=False) == ["112", "veilig_thuis"]


def test_suicide_and_self_harm_name_113_first() -> None:
    assert ids("suicide", child=False) == ["113", "112"]
    assert ids("self_harm") == ["113", "112", "kindertelefoon"]


def test_suicide_at_this_moment_names_112_before_113() -> None:
    assert ids("suicide", "now", child=False) == ["112", "113"]


def test_suicide_beside_violence_names_those_who_help_with_both() -> None:
    assert ids("suicide", "violence") == ["113", "112", "veilig_thuis", "kindertelefoon"]


def test_sexual_abuse_names_the_centrum_seksueel_geweld() -> None:
    assert ids("sexual_abuse") == ["112", "csg", "veilig_thuis", "kindertelefoon"]


def test_no_food_does_not_name_112() -> None:
    assert ids("neglect") == ["veilig_thuis", "kindertelefoon"]


def test_danger_now_without_more_names_veilig_thuis_too() -> None:
    assert ids("now", child=False) == ["112", "veilig_thuis"]


def test_no_danger_names_nobody() -> None:
    assert ids() == []


def test_the_organisation_complained_of_is_not_named() -> None:
    assert ids("violence", exclude=frozenset({"veilig_thuis"})) == ["112", "kindertelefoon"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("child", [True, False, None])
def test_every_kind_of_danger_names_someone_who_is_open_at_night(kind: str, child: bool | None) -> None:
    night = datetime(2026, 5, 24, 3, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert any(line.open_now for line in lines_for((kind,), night, frozenset(), child))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 5, 20, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 20, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 5, 20, 18, 59, tzinfo=UTC), True),
        (datetime(2026, 5, 20, 19, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 20, 9, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 20, 10, 0, tzinfo=UTC), True),
    ],
)
def test_the_kindertelefoon_is_open_from_eleven_to_nine_in_dutch_time(
    moment: datetime, is_open: bool
) -> None:
    lines = {line.id: line for line in lines_for(("violence",), moment, frozenset(), True)}
    assert lines["kindertelefoon"].open_now is is_open


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        lines_for(("violence",), datetime(2026, 5, 20), frozenset(), None)


def test_every_line_says_where_it_comes_from_and_when_it_was_checked() -> None:
    lines = helplines.every_line(NOON)
    assert [(line.id, line.phone) for line in lines] == [
        ("112", "112"),
        ("113", "113"),
        ("csg", "0800-0188"),
        ("veilig_thuis", "0800-2000"),
        ("kindertelefoon", "0800-0432"),
    ]
    assert all(
        line.source and line.checked.year >= 2026 and line.label["nl"] and line.label["en"] for line in lines
    )
