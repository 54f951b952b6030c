"""Claims: every promise made to a client, its conditions, and the messages that make it (law 10).

A message that makes a claim where its conditions do not hold is a broken promise. `broken` finds them in any
turn; the tests run it over every turn of every transcript and over every turn that hypothesis can reach.
"""

from collections.abc import Callable

import msgspec

from flows import line
from flows.effects import Forget, Note, Notify, OpenCase, PassOn, Wake
from flows.messages import Arg, Day, Message, Quote
from flows.platforms import PLATFORMS, Platform
from flows.scheme import Confidant, Scheme, words
from flows.session import Session, Turn
from flows.terms import rules_of


class Circumstances(msgspec.Struct, frozen=True):
    """All that a claim can rest on: the scheme, the turn that makes it, and the platform."""

    scheme: Scheme
    turn: Turn
    message: Message

    @property
    def session(self) -> Session:
        """The session after the turn."""
        return self.turn.session

    @property
    def platform(self) -> Platform:
        """Where it is said."""
        return PLATFORMS[self.session.platform]

    def arg(self, name: str) -> Arg | None:
        """What fills a placeholder of the message."""
        return dict(self.message.args).get(name)

    def ordered(self, kind: type) -> bool:
        """Whether the turn orders such an effect."""
        return any(isinstance(effect, kind) for effect in self.turn.effects)

    def confidants(self) -> tuple[Confidant, ...]:
        """The confidants of this client."""
        place = self.session.answers.get("location")
        return self.scheme.confidants_at(place.value if place and isinstance(place.value, str) else None)


class Claim(msgspec.Struct, frozen=True):
    """One promise: its id, what it promises, the messages that make it, and when it is true."""

    id: str
    promise: str
    messages: tuple[str, ...]
    holds: Callable[[Circumstances], bool]


def _wiped_when(at: Circumstances) -> bool:
    days = at.arg("days")
    return days is not None and days == at.platform.drafts_days and at.platform.drafts_days > 0


def _reader(at: Circumstances) -> bool:
    recipient = at.scheme.recipient
    return recipient is not None and at.arg("who") == words(recipient.label)


def _promised_day(at: Circumstances) -> bool:
    case = at.session.case
    day = at.arg("date")
    return (
        case is not None and isinstance(day, Day) and day.date.isoformat() in {d.date for d in case.deadlines}
    )


def _no_day(at: Circumstances) -> bool:
    case = at.session.case
    place = at.session.answers.get("location")
    where = place.value if place and isinstance(place.value, str) else None
    told = {rule.id for rule in rules_of(at.scheme, where) if rule.tell}
    return case is not None and not any(deadline.id in told for deadline in case.deadlines)


def _code(at: Circumstances) -> bool:
    codes = {effect.claim_code for effect in at.turn.effects if isinstance(effect, OpenCase)}
    return at.arg("code") in codes


def _passed_on_when(at: Circumstances) -> bool:
    filed = [effect for effect in at.turn.effects if isinstance(effect, OpenCase)]
    return any("contact_when" in effect.intake.answers for effect in filed)


def _manager_told(at: Circumstances) -> bool:
    return any(isinstance(effect, Notify) and effect.role == "manager" for effect in at.turn.effects)


def _account(at: Circumstances) -> bool:
    return at.platform.account and at.message.id.endswith(f".{at.platform.id}")


def _a_confidant(test: Callable[[Confidant], bool]) -> Callable[[Circumstances], bool]:
    return lambda at: any(test(confidant) for confidant in at.confidants())


CLAIMS: tuple[Claim, ...] = (
    Claim("free", "complaining costs nothing", ("opening.hello.free", "fact.costs_nothing"),
          lambda at: at.scheme.fact("costs_nothing")),
    Claim("confidant_free", "the confidant costs nothing", ("confidant.free", "done.confidant.free"),
          _a_confidant(lambda confidant: confidant.free)),
    Claim("wiped_when", "what is not sent is wiped after so many days",
          ("opening.computer", "privacy", "stop.nothing_sent", "not_yet", "wiped.expired"), _wiped_when),
    Claim("unread", "nobody reads what was not sent", ("reads.nobody_yet",), lambda at: at.session.case is None),
    Claim("not_before", "nothing is sent until they say so", ("fear.telling",),
          lambda at: at.session.case is None and not at.ordered(OpenCase) and not at.ordered(PassOn)),
    Claim("only_you", "nothing is passed on", ("reads.only_you", "danger.nobody_reads"),
          lambda at: at.scheme.recipient is None),
    Claim("reader", "who will read it", ("check.reader", "check.reader.but", "reads.then", "request.answer"), _reader),
    Claim("writer", "who wrote it", ("written.here",), _reader),
    Claim("writing_waits", "something was written to them", ("written.waits",),
          lambda at: at.session.case is not None),
    Claim("staff_hears", "the staff member hears of it", ("claim.staff_hears",),
          lambda at: at.session.route in ("complaint", "wzd") and at.scheme.recipient is not None),
    Claim("worker_may_act", "whoever reads it may have to act in danger", ("danger.worker_may_act",),
          lambda at: at.scheme.recipient is not None),
    Claim("sent", "it was sent", ("done.complaint", "done.story", "done.suggestion"),
          lambda at: at.ordered(OpenCase)),
    Claim("by_when", "by which day something happens",
          ("done.term", "done.term.contact_made", "done.term.talk_held", "done.term.outcome_sent", "status.term",
           "commission.term", "happened.term"), _promised_day),
    Claim("no_day", "no day is known", ("done.soon", "status.no_date"), _no_day),
    Claim("code", "the code opens this case", ("done.code",), _code),
    Claim("hours_passed_on", "when to call was passed on", ("done.passed_on",), _passed_on_when),
    Claim("not_sent", "nothing was sent", ("stop.nothing_sent", "wiped", "not_yet"),
          lambda at: not at.ordered(OpenCase)),
    Claim("wiped", "this conversation was wiped", ("wiped", "wiped.filed"),
          lambda at: at.ordered(Forget) and not at.session.answers and not at.session.said),
    Claim("expired", "what was there before was wiped", ("wiped.expired",), lambda at: at.ordered(Forget)),
    Claim("passed_on", "a person gets it",
          ("passed_on.add", "passed_on.correct", "passed_on.withdraw", "passed_on.access",
           "passed_on.answer"),
          lambda at: at.ordered(PassOn) and at.ordered(Notify)),
    Claim("manager_told", "the management was told", ("followup.not_contacted",), _manager_told),
    Claim("will_ask", "they will be asked on that day", ("followup.set", "followup.moved"),
          lambda at: at.ordered(Wake) and at.platform.pushes),
    Claim("asked_on_return", "they are asked when they come back", ("followup.return", "followup.return.here"),
          lambda at: at.session.follows and at.session.case is not None and bool(at.session.case.number)
          and at.ordered(Note)),
    Claim("quick_exit", "there is a button to leave at once", ("opening.exit",), lambda at: at.platform.quick_exit),
    Claim("seen_by", "what the platform sees",
          ("platform.sees.telegram", "platform.sees.whatsapp", "confidant.account.telegram",
           "confidant.account.whatsapp"), _account),
    Claim("without_name", "the confidant does not need a name", ("claim.without_name",),
          lambda at: not at.platform.account and any(c.anonymous for c in at.scheme.confidants)),
    Claim("call_shows", "a call can show the number", ("claim.call_shows_number",),
          lambda at: any(at.scheme.contacts[c.contact].phone for c in at.scheme.confidants)),
    Claim("line", "one can write to the confidant without a name",
          ("confidant.line.here", "confidant.line.page", "confidant.line.away"),
          lambda at: any(line.has(one) for one in at.confidants()) and at.message.id.endswith(at.platform.line)),
    Claim("same_link", "the link is the same for everyone", ("confidant.line.page", "confidant.line.away"),
          lambda at: at.message.door is not None and at.message.door.path == line.path(at.scheme)),
    Claim("no_account", "our site asks for no account", ("private.web",),
          lambda at: at.platform.private_link and not PLATFORMS["web"].account
          and at.message.door is not None and at.message.door.path == f"/{at.scheme.id}"),
    Claim("own_words", "these are the client's own words", ("confidant.paste",),
          lambda at: at.message.body == Quote("\n".join(at.session.said))),
    Claim("outside", "this confidant does not work for the organisation", ("confidant.outside",),
          _a_confidant(lambda confidant: confidant.outside)),
    Claim("kept_file", "the file was kept", ("kept.photo", "kept.photo.stripped", "kept.document", "kept.voice"),
          lambda at: bool(at.session.attachments) and bool(at.platform.keeps)),
    Claim("uninvolved", "nobody involved handles it", ("fact.uninvolved",),
          lambda at: at.scheme.recipient is not None and at.scheme.recipient.uninvolved),
)  # fmt: skip


def made_by(message: str) -> tuple[Claim, ...]:
    """The claims that a message makes."""
    return tuple(claim for claim in CLAIMS if message in claim.messages)


def broken(scheme: Scheme, turn: Turn) -> tuple[str, ...]:
    """The claims, as ``claim (message)``, that this turn makes and that do not hold; empty when all is true.

    Every ``fact.*`` is a claim of its own: it is said only where the scheme's source states it.
    """
    found: list[str] = []
    for message in turn.messages:
        at = Circumstances(scheme, turn, message)
        found += [f"{claim.id} ({message.id})" for claim in made_by(message.id) if not claim.holds(at)]
        head, _, fact = message.id.partition(".")
        if head == "fact" and fact != "uninvolved" and not scheme.fact(fact):
            found.append(f"fact ({message.id})")
        if message.id.startswith("confidant.says."):
            point = message.id.removeprefix("confidant.says.")
            if not any(point in confidant.says for confidant in scheme.confidants):
                found.append(f"says ({message.id})")
    return tuple(found)
