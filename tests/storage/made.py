"""What the storage tests tell a store: a clock that stands still, people, turns, and schemes' wishes."""

from datetime import UTC, datetime, timedelta

from flows.answers import Answer
from flows.effects import Effect, Intake, OpenCase
from flows.events import Deadline, Filed, Reason
from flows.session import Session, Turn
from storage.officers import Unlocked, new_recovery
from storage.records import Address, Committed, Keeping
from storage.store import Store

NOW = datetime(2026, 5, 20, 10, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SCHEME = "blijf-groep"
HANDLER = "officer"
PASSWORD = "appel fiets maandag wolk"
STAND_IN_PASSWORD = "trommel groen lepel raam"
SAMIRA = Address("telegram", "4711", SCHEME)
TOM = Address("telegram", "4712", SCHEME)
STORY = "Een medewerker lachte mij uit waar iedereen bij was."
CLAIM = "appel bos fiets wolk lepel"


def keeping(scheme: str) -> Keeping:
    """Five years, with the ids that may be counted; `klein` is too small to be counted, `zonder` has no hold."""
    ids = frozenset({"client", "haarlem", "treatment", "respect"})
    to = frozenset({HANDLER})
    return Keeping(months=60, coded=ids, small=scheme == "klein", hold=scheme != "zonder", recipients=to)


def session(said: str = "", case: Filed | None = None) -> Session:
    """A conversation in which this was said."""
    answers = {"story": Answer(said, said)} if said else {}
    return Session(SCHEME, "v1", "telegram", answers=answers, said=(said,) if said else (), case=case)


def turn(said: str = "", *effects: Effect, case: Filed | None = None) -> Turn:
    """The turn after which this was said."""
    return Turn(session(said, case), effects=effects)


def deadline(id: str = "contact", date: str = "2026-05-28") -> Deadline:
    """Five working days from the day it came in."""
    return Deadline(id, date, Reason(5, "working_days", "2026-05-20", "received", "scheme"))


def intake(**changes: object) -> Intake:
    """What Samira filed."""
    answers = {
        "story": Answer(STORY, STORY),
        "role": Answer("client", "ik woon in de opvang"),
        "subject": Answer(("treatment", "respect"), "1 en 4"),
        "name": Answer("Samira", "Samira"),
    }
    whole: dict[str, object] = {
        "kind": "complaint",
        "scheme": SCHEME,
        "scheme_version": "v1",
        "locale": "nl",
        "platform": "telegram",
        "received": NOW.isoformat(),
        "answers": answers,
        "said": (STORY,),
        "flags": ("interpreter",),
    }
    return Intake(**(whole | changes))  # type: ignore[arg-type]


def order(number: str = "BG-7K4Q-92", **changes: object) -> OpenCase:
    """Samira's order to file it."""
    whole: dict[str, object] = {
        "number": number,
        "claim_code": CLAIM,
        "intake": intake(),
        "recipients": (HANDLER,),
        "deadlines": (deadline(),),
    }
    return OpenCase(**(whole | changes))  # type: ignore[arg-type]


async def staff(store: Store, scheme: str = SCHEME) -> Unlocked:
    """A handler, a stand-in and a recovery key, as an organisation begins; returns the handler, unlocked."""
    public, secret = new_recovery()
    await store.set_recovery(scheme, public, secret, now=NOW)
    first = await store.add_officer(
        scheme, HANDLER, "Saskia de Vries", PASSWORD, "saskia@example.org", now=NOW
    )
    second = await store.add_officer(scheme, HANDLER, "Karel Bos", STAND_IN_PASSWORD, now=NOW)
    saskia = await store.unlock(first.id, PASSWORD, now=NOW)
    await store.approve(second.id, saskia, now=NOW)
    return saskia


async def file(store: Store, address: Address = SAMIRA, **changes: object) -> Committed:
    """A complaint that was told and filed, in two turns."""
    draft = await store.load(address)
    told = await store.commit(address, draft.version, turn(STORY), now=NOW)
    opening = order(**changes)  # type: ignore[arg-type]
    filed = Filed(opening.number, "received", opening.deadlines, "2026-05-20")
    return await store.commit(address, told.version, turn(STORY, opening, case=filed), now=NOW)
