"""Taking in what was understood: filling, correcting, doubting. Nothing that was said is asked again."""

from typing import Literal

from flows import agenda, fields, wording
from flows.answers import FIELDS, Answer, Value
from flows.composer import Composer
from flows.messages import Phrase, Quote
from flows.session import Doubt
from flows.understand.findings import Finding, Heard

NOT_FROM_TEXT = frozenset({"story", "register", "language"})
SELDOM = frozenset({"address", "points", "about", "party"})
"""Fields that only some schemes ask: elsewhere they are left in the story, where they stand."""
EXPLAINED = frozenset(
    {"impossible_date", "future", "emergency_number", "service_number", "invalid_phone", "bsn"}
)
"""Notes on a finding that each have a clear answer of their own: ``note.<id>``."""


def wanted(c: Composer, field: str) -> bool:
    """Whether there is a use for the field: what is asked only sometimes is kept only where it is asked."""
    if field in NOT_FROM_TEXT or field not in FIELDS:
        return False
    if field in SELDOM:
        routes = {c.session.route or "complaint", "complaint"}
        return any(field in ask.fields for route in routes for ask in agenda.asks(c.scheme, route))
    return True


def take(c: Composer, heard: Heard, *, correcting: bool, but: str | None = None) -> tuple[str, ...]:
    """Fills the open fields with what was found and corrects the others where `correcting`.

    `but` is a field that is left out (the question put, which is answered elsewhere). Says what was corrected.
    Returns the fields that were filled or corrected.
    """
    taken: list[str] = []
    for field, finding in heard.findings.items():
        if field == but or not wanted(c, field):
            continue
        if _take_one(c, field, finding, correcting=correcting):
            taken.append(field)
    return tuple(taken)


def _take_one(c: Composer, field: str, finding: Finding, *, correcting: bool) -> bool:
    present = c.session.answers.get(field)
    if not finding.sure or finding.value is None:
        if (present is None or correcting) and len(finding.candidates) > 1:
            c.change(doubt=Doubt(field, finding.candidates, finding.words, finding.note or "ambiguous"))
        return False
    if present is None or present.value in (fields.UNKNOWN, fields.NONE):
        how: Literal["understood"] = "understood"
        fill(c, field, Answer(finding.value, finding.words, how, confirmed=False))
        return True
    if present.value == finding.value:
        return False
    if field == "subject" and not correcting:
        return _add_subjects(c, present, finding)
    if not correcting:
        return False
    correct(c, field, finding.value, finding.words)
    return True


def _add_subjects(c: Composer, present: Answer, finding: Finding) -> bool:
    before = _several(present.value)
    added = tuple(id for id in _several(finding.value) if id not in before)
    if not added or present.how == "asked":
        return False
    both = f"{present.words}, {finding.words}"
    fill(c, "subject", Answer((*before, *added), both, "understood", confirmed=False))
    return True


def _several(value: Value | None) -> tuple[str, ...]:
    match value:
        case tuple():
            return value
        case str():
            return (value,)
        case _:
            return ()


def fill(c: Composer, field: str, answer: Answer) -> None:
    """Puts an answer; what rests on a changed one is asked again."""
    c.session = agenda.with_answer(c.session, field, answer)
    if c.session.doubt is not None and c.session.doubt.field == field:
        c.change(doubt=None)


def correct(c: Composer, field: str, value: Value, words: str) -> None:
    """Replaces an answer and says so: the client sees what became of their words."""
    present = c.session.answers.get(field)
    was = present.value if present else None
    fill(c, field, Answer(value, words, "corrected" if present else "asked", confirmed=True, was=was))
    c.say("corrected", field=Phrase(f"field.{field}"), value=wording.value(c.scheme, field, value))


def known(c: Composer, heard: Heard, *, but: str) -> bool:
    """Whether the text says what was understood before, of another field than `but`."""
    answers = c.session.answers
    return any(
        finding.sure and field != but and field in answers and answers[field].value == finding.value
        for field, finding in heard.findings.items()
    )


def explain(c: Composer, finding: Finding | None) -> bool:
    """Says what is wrong with a finding that cannot be used ("31 februari", "112"); False when nothing is."""
    if finding is None or finding.note not in EXPLAINED:
        return False
    c.say(f"note.{finding.note}", words=Quote(finding.words))
    return True


def confirm_all(c: Composer) -> None:
    """The client said that all of it is right."""
    c.change(
        answers={
            name: Answer(known.value, known.words, known.how, True, known.was)
            for name, known in c.session.answers.items()
        }
    )
