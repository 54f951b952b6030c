"""What the line promises: every sentence of its pages that could be untrue, and when it is true (law 10). Pure."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import msgspec

from flows.line import LONG, Mark, Reader, own, reading
from flows.messages import Arg, Day, Message
from flows.scheme import Scheme


class Circumstances(msgspec.Struct, frozen=True):
    """What a promise on the line's pages can rest on.

    `readers` read this line, or would read a new one; `others` are confidants at work beside them. `stated` is what
    was told to the client or done by them: ``opened`` (the words were typed back), ``closed``, ``wiped``,
    ``shown`` (their words were shown), ``sent`` (kept), ``refused``, ``asked:ID`` (a hand-over), ``notice`` (an
    address is kept), ``mail`` (the site can send one), ``voice``.
    """

    scheme: Scheme
    readers: tuple[Reader, ...]
    others: tuple[Reader, ...] = ()
    marks: tuple[Mark, ...] = ()
    today: date | None = None
    stated: frozenset[str] = frozenset()


class LineClaim(msgspec.Struct, frozen=True):
    """One promise of the line's pages: its messages, when it is true of them, and where that is shown (a test)."""

    id: str
    promise: str
    messages: tuple[str, ...]
    holds: Callable[[Circumstances, Message], bool]
    proof: str


def _line(at: Circumstances, _: Message) -> bool:
    return own(at.scheme) is not None and bool(at.readers)


def _arg(message: Message, name: str) -> Arg | None:
    return dict(message.args).get(name)


def _mine(at: Circumstances) -> list[Mark]:
    return [mark for mark in at.marks if mark.mine]


def _said_by_source(at: Circumstances, message: Message) -> bool:
    point = message.id.removeprefix("confidant.says.")
    return any(point in one.says for one in at.scheme.confidants)


def _stated(what: str) -> Callable[[Circumstances, Message], bool]:
    return lambda at, _: what in at.stated


def _away(at: Circumstances, message: Message) -> bool:
    day = _arg(message, "day")
    until = [one.away for one in at.readers]
    return (
        isinstance(day, Day)
        and at.today is not None
        and day.date >= at.today
        and day.date in until
        and all(until)
    )


PAGES, BROWSER, STORE = (
    "tests/line/test_pages.py",
    "tests/line/test_browser.py",
    "tests/storage/contract_lines.py",
)
FORENSIC, RULES, FILES = (
    "tests/line/test_forensic.py",
    "tests/line/test_claims.py",
    "tests/line/test_files.py",
)

CLAIMS: tuple[LineClaim, ...] = (
    LineClaim("line_reader", "who reads what is written here", ("confide.lead",),
              lambda at, message: own(at.scheme) is not None
              and _arg(message, "name") in [one.name for one in at.readers], PAGES),
    LineClaim("line_name", "their name is not shown", ("confide.sees",), _line, FORENSIC),
    LineClaim("line_story", "a story can tell who it is", ("confide.story",), _line, RULES),
    LineClaim("line_kept", "how long it is kept", ("confide.kept",),
              lambda at, message: _arg(message, "months") == str(at.scheme.retention.maximum), STORE),
    LineClaim("line_key", "only the words lead back in, and they are not kept",
              ("confide.code.lost", "confide.code.why"), _line, FORENSIC),
    LineClaim("line_points", "what this confidant does, as the source says",
              tuple(f"confidant.says.{one}" for one in ("listens", "looks_together", "acts_together", "between_us",
                                                        "danger", "independent", "informs", "supports",
                                                        "explains_rights", "improves")), _said_by_source, PAGES),
    LineClaim("line_free", "it costs nothing", ("confidant.free",),
              lambda at, _: any(one.free and not one.unconfirmed for one in at.scheme.confidants), PAGES),
    LineClaim("line_call", "a call can show the number", ("claim.call_shows_number",),
              lambda at, _: any(at.scheme.contacts[one.contact].phone for one in at.scheme.confidants), PAGES),
    LineClaim("line_outside", "this confidant does not work for the organisation", ("confidant.outside",),
              lambda at, _: any(one.outside for one in at.scheme.confidants), PAGES),
    LineClaim("line_unread", "nobody has read it yet", ("confide.unread",),
              lambda at, _: any(not mark.read for mark in _mine(at)), PAGES),
    LineClaim("line_unread_long", "nobody has read it for so many days", ("confide.unread_long",),
              lambda at, message: any(not mark.read for mark in _mine(at))
              and timedelta(days=int(str(_arg(message, "days")))) >= LONG, PAGES),
    LineClaim("line_read", "it was read", ("confide.read",),
              lambda at, _: all(mark.read for mark in _mine(at)), PAGES),
    LineClaim("line_here", "somebody who reads is at work now", ("confide.here",),
              lambda at, message: _arg(message, "name") == reading([one for one in at.readers if one.here]), RULES),
    LineClaim("line_away", "nobody reads before that day", ("confide.away",), _away, RULES),
    LineClaim("line_share", "somebody else can read it too, if the client says yes", ("confide.share",),
              lambda at, message: _arg(message, "other") in [one.name for one in at.others], STORE),
    LineClaim("line_hand", "the confidant asks that another takes over", ("confide.hand",),
              lambda at, message: any(f"asked:{one.id}" in at.stated and one.name == _arg(message, "other")
                                      for one in at.others), STORE),
    LineClaim("line_closed", "the talk is over and can be read", ("confide.closed",), _stated("closed"), STORE),
    LineClaim("line_wiped", "all of it is gone", ("confide.wiped",), _stated("wiped"), STORE),
    LineClaim("line_not_sent", "nothing was sent", ("confide.unreachable",), _stated("refused"), STORE),
    LineClaim("line_notice", "an address is kept for notices", ("confide.notice.on",), _stated("notice"), STORE),
    LineClaim("line_notice_price", "what a notice costs", ("confide.notice.price", "confide.notice.shows"),
              _stated("mail"), "tests/line/test_notices.py"),
    LineClaim("line_photo", "only the picture is kept of a photo", ("confide.file.photo",), _line, FILES),
    LineClaim("line_voice", "a voice can be recognised", ("confide.file.voice",), _line, FILES),
    LineClaim("line_none", "there is no line here", ("confide.none",), lambda at, _: not _line(at, _), PAGES),
)  # fmt: skip


def broken(at: Circumstances, said: Sequence[Message]) -> tuple[str, ...]:
    """The claims, as ``claim (message)``, that these messages make and that do not hold."""
    return tuple(
        f"{claim.id} ({message.id})"
        for message in said
        for claim in CLAIMS
        if message.id in claim.messages and not claim.holds(at, message)
    )
