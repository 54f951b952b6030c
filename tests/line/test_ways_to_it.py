"""The confidant from any screen, on every platform: what is seen there, how to get off it, and the way to the line."""

import msgspec
import pytest

from bot.channels import showing
from bot.line.readers import truthful
from flows import line, schemes
from flows.messages import Door, Phrase
from flows.platforms import PLATFORMS
from locales import render
from storage.officers import Unlocked
from tests.conversing import Client
from tests.line.conftest import SCHEME
from tests.web.running import Running

PLAIN_WORDS = (
    ("ik wil anoniem praten", "nl"), ("kan iemand mij helpen zonder naam", "nl"),
    ("mag ik iemand spreken zonder dat iemand weet wie ik ben", "nl"), ("zonder naam praten", "nl"),
    ("ik wil niet dat iemand weet wie ik ben", "nl"), ("can someone help me without my name", "en"),
    ("I want to talk anonymously", "en"),
)  # fmt: skip

SCREENS: dict[str, tuple[str | list[str], ...]] = {
    "the first": (),
    "a question": ("hij komt altijd te laat",),
    "the talk": ("hij komt altijd te laat", "sla over", ["no"]),
    "a step": ("hij lacht raar", "sla over", ["no"], ["other"], ["not_yet"], ["more"]),
    "a message": ("ik wil een berichtje sturen aan mijn begeleider",),
}

HERE = {"web": "confidant.line.page", "terminal": "confidant.line.here", "telegram": "confidant.line.away",
        "whatsapp": "confidant.line.away"}  # fmt: skip


@pytest.mark.parametrize(("words", "locale"), PLAIN_WORDS)
@pytest.mark.parametrize("platform", HERE)
@pytest.mark.clause("IB-4b", "IB-5", "DC-3")
def test_plain_words_bring_the_points_what_is_seen_and_the_way_to_write(
    platform: str, words: str, locale: str
) -> None:
    client = Client(SCHEME, platform=platform, locale=locale).says(words)

    account = [f"confidant.account.{platform}", "confidant.wipe_hint"] if PLATFORMS[platform].account else []
    screen = ["confide.private"] if platform != "terminal" else []
    said = [id for id in client.ids if id not in ("confidant.reach", "confidant.outside", "danger.lines")]
    assert said == [
        "confidant.named", "confidant.says.listens", "confidant.says.looks_together",
        "confidant.says.acts_together", "confidant.says.between_us", "confidant.says.danger",
        "claim.call_shows_number", HERE[platform], *screen, *(account or ["claim.without_name"]),
        "claim.phone_history", "confidant.then",
    ]  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("platform", ["web", "telegram"])
def test_from_every_screen_one_link_that_is_the_same_for_everyone(platform: str, screen: str) -> None:
    client = Client(SCHEME, platform=platform).does(*SCREENS[screen]).says("ik wil anoniem praten")

    doors = [message.door for message in client.last.messages if message.door]
    assert doors == [Door(f"/{SCHEME}/praten", Phrase("confide.door"))]


@pytest.mark.parametrize(
    ("scheme", "steps"),
    [
        ("cjg-kennemerland", ("hij komt altijd te laat",)),
        ("bij-elkaar", ("hij komt altijd te laat",)),
        ("blijf-groep", ("Gisteren was het koud", "ja", ["veilig-thuis-flevoland"])),
    ],
)
@pytest.mark.parametrize("platform", HERE)
@pytest.mark.clause("BG-7b", "CJ-7", "CJ-8")
def test_to_an_outside_body_no_line_is_pretended_and_ones_own_words_can_be_pasted(
    platform: str, scheme: str, steps: tuple[str | list[str], ...]
) -> None:
    client = Client(scheme, platform=platform).does(*steps).says("ik wil de vertrouwenspersoon")

    assert line.leads(client.last) is False
    assert [message.door for message in client.last.messages if message.door] == []
    pasted = [
        render(message, "nl").body for message in client.last.messages if message.id == "confidant.paste"
    ]
    assert pasted == [steps[0]]


def test_on_telegram_the_link_is_a_button_with_nothing_added_and_is_left_out_where_nobody_could_open_it() -> (
    None
):
    turn = Client(SCHEME, platform="telegram").says("ik wil anoniem praten").last
    said = tuple(render(message, "nl") for message in turn.messages)

    def urls(origin: str | None, *, doors: bool) -> list[str]:
        rows = [
            showing.buttons(showing.shown(b"key", "42", piece), "", origin)
            for bubble in showing.bubbles(said, doors=doors)
            for piece in showing.fitting(bubble)
        ]
        return [button.url for message in rows for row in message for button in row if button.url]

    assert urls("https://praten.example.nl", doors=True) == [f"https://praten.example.nl/{SCHEME}/praten"]
    assert urls(None, doors=False) == []
    left = " ".join(bubble.text for bubble in showing.bubbles(said, doors=False))
    assert ("Iedereen krijgt dezelfde link." in left, "06 114 816 74" in left) == (False, True)


@pytest.mark.clause("BG-7a")
@pytest.mark.asyncio(loop_scope="session")
async def test_a_line_is_offered_where_the_scheme_names_one_and_only_while_somebody_reads(
    site: Running, aileen: Unlocked
) -> None:
    helper, *others = schemes.load("blijf-groep").confidants
    named = msgspec.structs.replace(
        schemes.load("blijf-groep"), confidants=(msgspec.structs.replace(helper, line=True), *others)
    )

    found = []
    for scheme in (schemes.load(SCHEME), named):
        turn = Client(scheme).says("ik wil anoniem praten").last
        kept = await truthful(site.store, scheme, turn)
        offered = [option.id for message in kept.messages for option in message.options]
        found.append((line.leads(turn), line.leads(kept), "line" in offered))
    assert found == [(True, True, True), (True, False, False)]
