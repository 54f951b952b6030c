"""Facts of a conversation by path, for ``! path = value`` in transcripts.

======================  ===============================================================================
path                    value
======================  ===============================================================================
``state route asking``  as in ``chat --json``; ``none`` when there is none
``locale danger error`` danger kinds and error code of the last turn
``answers.F``           the value of field F; also ``answers.F.words``, ``.how``, ``.confirmed``
``intake.F``            the same in the intake that was filed last; also ``intake.kind``, ``intake.flags``
``case.number``         also ``case.status`` and ``case.deadlines.T``, the date of term T
``effects``             the orders of the last turn, such as ``open_case, notify``
``said``                the ids of the messages of the last turn
======================  ===============================================================================

Several values are written with commas. A date is one day, or ``first..last`` with the precision after it, and
``ongoing`` where it still goes on.
"""

from collections.abc import Iterable

from bot.talk import Exchange
from flows.answers import Answer, Value, When
from flows.effects import Intake, OpenCase

NONE = "none"


class NoSuchFact(LookupError):
    """There is no fact at this path."""


class Facts:
    """What is known of a conversation after its last exchange."""

    def __init__(self) -> None:
        self._last: Exchange | None = None
        self._intake: Intake | None = None

    def after(self, exchange: Exchange) -> None:
        """Take note of an exchange."""
        self._last = exchange
        for effect in exchange.effects:
            if isinstance(effect, OpenCase):
                self._intake = effect.intake

    def at(self, path: str) -> str:
        """The fact at this path, as it is written. Raises `NoSuchFact`."""
        assert self._last is not None
        session = self._last.session
        match path.split("."):
            case ["state" | "route" | "asking" | "locale" as name]:
                return str(getattr(session, name) or NONE)
            case ["danger"]:
                return _several(self._last.danger)
            case ["error"]:
                return self._last.error or NONE
            case ["effects"]:
                return _several(str(effect.__struct_config__.tag) for effect in self._last.effects)
            case ["said"]:
                return _several(message.id for message in self._last.said)
            case ["answers", field, *part]:
                return _answer(session.answers.get(field), part, path)
            case ["intake", *rest]:
                return self._of_intake(rest, path)
            case ["case", *rest]:
                return self._of_case(rest, path)
            case _:
                raise NoSuchFact(path)

    def _of_intake(self, rest: list[str], path: str) -> str:
        intake = self._intake
        match rest:
            case [] if intake is None:
                return NONE
            case ["kind"] if intake is not None:
                return intake.kind
            case ["flags" | "skipped" as name] if intake is not None:
                return _several(getattr(intake, name))
            case [field, *part] if intake is not None:
                return _answer(intake.answers.get(field), part, path)
            case _:
                raise NoSuchFact(f"{path}: nothing was filed")

    def _of_case(self, rest: list[str], path: str) -> str:
        assert self._last is not None
        case = self._last.session.case
        match rest:
            case [] if case is None:
                return NONE
            case ["number" | "status" as name] if case is not None:
                return str(getattr(case, name))
            case ["deadlines", term] if case is not None:
                return next((deadline.date for deadline in case.deadlines if deadline.id == term), NONE)
            case ["deadlines"] if case is not None:
                return _several(deadline.id for deadline in case.deadlines)
            case _:
                raise NoSuchFact(f"{path}: there is no case")


def _answer(answer: Answer | None, part: list[str], path: str) -> str:
    match part:
        case [] if answer is None:
            return NONE
        case [] if answer is not None:
            return written(answer.value)
        case ["words"] if answer is not None:
            return answer.words
        case ["how"] if answer is not None:
            return answer.how
        case ["confirmed"] if answer is not None:
            return "yes" if answer.confirmed else "no"
        case _:
            raise NoSuchFact(path)


def written(value: Value) -> str:
    """A value as transcripts write it."""
    match value:
        case str():
            return value
        case tuple():
            return _several(value)
        case When():
            one_day = value.earliest == value.latest and value.precision == "day"
            span = f"{value.earliest}" if one_day else f"{value.earliest}..{value.latest} {value.precision}"
            return f"{span} ongoing" if value.ongoing else span


def _several(values: Iterable[str]) -> str:
    return ", ".join(values) or NONE
