"""From any reachable state any event gives a valid turn, and the conversation can still end."""

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import schemes
from flows.answers import FIELDS
from flows.events import (
    Chose,
    Claimed,
    Event,
    Filed,
    Filled,
    Happened,
    Said,
    Sent,
    SentKind,
    Started,
    TimePassed,
    Written,
)
from flows.session import Session, decode, encode
from flows.steps import STEPS
from tests.conversing import Client

TEXTS = (
    "hoi", "ja", "nee", "ja maar het was maandag", "weet ik niet", "sla over", "stop", "wis", "terug", "1", "1 en 4",
    "haarlem", "gisteren", "31 februari", "morgen", "112", "06 12345678", "ik ben bang voor mijn begeleider", "9",
    "ik ben haar moeder", "ik wil met iemand praten zonder naam", "ik wil naar de commissie", "english", "zeg maar u",
    "een mens alsjeblieft", "hij slaat mij", "ik wil niet meer leven", "opnieuw beginnen",
    "ik wil mijn klacht intrekken",
    "hoe staat het met mijn klacht", "appel fiets maandag wolk", "Petra mag dit niet lezen", "\u202e\x00\x07", "",
    "   ",
    "x" * 5000, "y " * 12000, "mijn begeleider komt altijd te laat en dan mis ik zwemles", "verander de datum",
    "Ik woon in de opvang in haarlem. Vorige week dinsdag lachte een medewerker mij uit. Ik ben Samira, 06-12345678",
)  # fmt: skip

FILED = Filed("BG-7K4Q-92", "received", (), "2026-05-01")


def events(session: Session) -> st.SearchStrategy[Event]:
    """Anything that can come in, and often something that was offered."""
    offered = session.offered or ("stop",)
    return st.one_of(
        st.sampled_from(TEXTS).map(Said),
        st.text(max_size=40).map(Said),
        st.sampled_from(offered).map(lambda id: Chose((id,))),
        st.sampled_from(offered).map(lambda id: Chose((id,))),
        st.lists(st.sampled_from(offered), min_size=1, max_size=3, unique=True).map(
            lambda ids: Chose(tuple(ids))
        ),
        st.sampled_from(["send", "yes", "other", "change:date", "language:en", "rung:nothing", "zzz"]).map(
            lambda id: Chose((id,))
        ),
        st.sampled_from(get_args(SentKind)).map(Sent),
        st.sampled_from(["photo", "voice", "document"]).map(
            lambda kind: Sent(kind, ref="a1", caption="kijk")
        ),
        st.sampled_from(tuple(STEPS)).map(lambda id: Happened(id, "2026-07-01", "omdat het moet")),
        st.just(Happened("nothing known")),
        st.sampled_from([Claimed(None), Claimed(FILED)]),
        st.sampled_from(["", "Kun je dinsdag?"]).map(Written),
        st.sampled_from(["je wilt", "Haarlem."]).map(lambda text: Said(text, edited=True)),
        st.builds(
            Filled,
            st.sampled_from(["complaint", "story", "suggestion", "nothing"]),
            st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(TEXTS), max_size=4),
            st.dictionaries(
                st.sampled_from(FIELDS),
                st.sampled_from([("yes",), ("client",), ("zzz", "other")]),
                max_size=3,
            ),
        ),
        st.just(TimePassed()),
        st.just(Started("terminal", "nl")),
    )


@pytest.mark.parametrize("id", schemes.ids())
@pytest.mark.parametrize("platform", ["terminal", "web", "telegram"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_event_gives_a_turn_with_an_answer(id: str, platform: str, data: st.DataObject) -> None:
    client = Client(id, platform=platform)
    for _ in range(data.draw(st.integers(1, 12))):
        client.now += timedelta(minutes=data.draw(st.sampled_from([0, 1, 600, 6000])))
        event = data.draw(events(client.session))
        turn = client.take(event)
        assert decode(encode(turn.session)) == turn.session
        quiet = isinstance(event, TimePassed | Happened | Written)
        assert quiet or turn.messages, "nobody is left without an answer"
    ended = client.says("stop")
    assert ended.session.state == "done"
    wiped = client.says("wis")
    assert wiped.session.answers == {}
    assert wiped.session.said == ()
