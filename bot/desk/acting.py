"""The next step on a case: which steps there are, what each needs, and what it does to terms and status.

What a step does to terms stands in `flows.terms`; which steps a scheme has stands in its file. Here is only what
an officer has to fill in, and that nothing is done on what is not there any more.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from flows import regimes, terms
from flows.calendar.zone import AMSTERDAM
from flows.effects import Effect, EndTerm, Note, SetTerm
from flows.events import Deadline, Filed, Happened
from flows.scheme import Scheme, TermRule
from flows.steps import STEPS
from flows.terms import TermError
from storage.officers import Unlocked
from storage.records import Dossier, Mark
from storage.store import Store

Need = Literal["no", "may", "must"]

WRITTEN: dict[str, Need] = {
    "contact_made": "no",
    "closed": "must",
    "refused": "must",
    "outcome_sent": "must",
    "extended": "must",
    "extended_with_consent": "must",
    "steps_agreed": "must",
    "measures_recorded": "must",
    "improvement_noted": "must",
    "solution_agreed": "must",
    "access_refused": "must",
    "consent_noted": "must",
    "consent_withdrawn": "must",
}
"""Steps that need words, or have none; all others may have them (BB-7d, BE-8, CJ-3, Awb 9:11, AVG 7(1), 12(4))."""

CHECKED: dict[str, tuple[str, ...]] = {
    "withdrawal_confirmed": ("asked", "written"),
    "document_filed": ("client_dossier", "own_dossier"),
    "report_made": ("shared",),
    "extended_with_consent": ("consent",),
    "copy_given": ("identity",),
    "access_refused": ("refusal_told",),
}
"""What an officer has to tick before the step is done (BB-8, BE-4b, BB-7c, Awb 9:11(3), UAVG 5, AVG 12(4))."""

AGAIN = frozenset(
    {"talk_planned", "talk_held", "report_made", "response_requested", "response_received", "written_response",
     "steps_agreed", "measures_recorded", "improvement_noted", "extended", "extended_with_consent", "paused",
     "resumed", "solution_agreed", "access_asked", "copy_given", "access_refused", "consent_noted", "consent_withdrawn"}
)  # fmt: skip
"""Steps that can be taken more than once on a case."""

OWN = "uninvolved_declared"
"""The declaration by which a case opens: asked of every officer, not offered among the steps."""

ALWAYS = ("access_asked", "consent_noted", "consent_withdrawn")
"""Steps that every case has, whatever its scheme lists: rights of the client beside the complaint (AVG 7, 15)."""

ROUND = frozenset({"solution_done", "follow_up_held", "satisfied", "not_satisfied", "referred"})
"""Steps that can be taken anew once the client said that it is not solved: another solution is tried (BE-5b)."""

OLDER = "older_than_allowed"
"""What an intake is marked with of which the regulation says that it need not be taken up (BB-3b, Awb 9:8)."""

ON = "on:"
"""How the timeline begins the line of the day that a step was planned for (ISO)."""

NOT_ON_A_CASE = frozenset({"report_sent", "evaluation_held"})
"""Steps about all cases of a period."""


class Offer(msgspec.Struct, frozen=True):
    """A step that can be taken now, and what has to be filled in. `urgent`: it meets a term that runs.

    `terms` are those that an extension can lengthen (ids), of which one has to be named.
    """

    id: str
    day: Need
    text: Need
    checks: tuple[str, ...]
    urgent: bool
    terms: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether one press is enough."""
        return self.day != "must" and self.text != "must" and not self.checks


class Wrong(msgspec.Struct, frozen=True):
    """Why a step was not taken: coded (``text``, ``day``, ``check``, ``changed``, or a `TermError`'s code)."""

    step: str
    code: str


def offers(
    scheme: Scheme,
    filed: Filed,
    timeline: Sequence[Mark],
    location: str | None,
    *,
    closed: bool = False,
    flags: Collection[str] = (),
) -> tuple[Offer, ...]:
    """The steps that can be taken on this case: those that meet a term first, the rights beside it last.

    They are those that the scheme lists, and whatever a term that runs needs. On a case that is `closed` only what
    goes on beside it is left. One that is marked (`flags`) as older than the regulation allows can be not taken up.
    """
    rules = {rule.id: rule for rule in terms.rules_of(scheme, location)}
    running = [(item, rules[item.id]) for item in filed.deadlines if item.id in rules]
    ids = [] if closed else [*(step.id for step in scheme.steps), "closed"]
    ids += ["refused"] if OLDER in flags and not closed else []
    for _, rule in running:
        ids += [] if rule.who == "client" else [rule.ends]
        ids += rule.lapses if regimes.outlasts(rule.id) else ()
    ids += [*_of_time(running), *ALWAYS]
    done = _done([mark.what for mark in timeline])
    fits = {id for id in ids if (id not in done or id in AGAIN) and _fits(id, running, done)}
    found = [_offer(id, scheme, running) for id in dict.fromkeys(ids) if id in fits]
    return tuple(sorted(found, key=lambda offer: (not offer.urgent, offer.id in ALWAYS)))


def _done(whats: Sequence[str]) -> set[str]:
    """What was done; of a `ROUND` only what came after the client last said that it is not solved."""
    last = max((at for at, what in enumerate(whats) if what == "not_satisfied"), default=-1)
    return (set(whats[: last + 1]) - ROUND) | set(whats[last + 1 :])


Running = Sequence[tuple[Deadline, TermRule]]
"""The terms that run on a case, each with its rule."""


def _of_time(running: Running) -> tuple[str, ...]:
    """The steps that lengthen a term, or let one run on."""
    return ("extended", "extended_with_consent", "resumed") if running else ()


def _fits(id: str, running: Running, done: Collection[str]) -> bool:
    """Whether this step has anything to do here."""
    still = any(item.why.paused_since for item, _ in running)
    match id:
        case "extended" | "extended_with_consent":
            return bool(_extendable(id, running))
        case "paused":
            return not still and any(id in rule.pauses for _, rule in running)
        case "resumed":
            return still
        case "access_asked":
            return not any(item.id == regimes.ACCESS for item, _ in running)
        case "consent_withdrawn":
            return "consent_noted" in done
        case _:
            return id != OWN and id not in NOT_ON_A_CASE


def _extendable(id: str, running: Running) -> tuple[str, ...]:
    """The terms that this step can lengthen: each once by its rule; further only where a law knows of consent."""
    return tuple(
        item.id
        for item, rule in running
        if rule.extension
        and (item.why.extended is None if id == "extended" else not regimes.outlasts(item.id))
    )


def quick(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """The steps that are one press away: of the first three those that need nothing, and contact."""
    return tuple(one for at, one in enumerate(offers) if one.plain and (at < 3 or one.text == "no"))


def _offer(id: str, scheme: Scheme, running: Running) -> Offer:
    agreed = any(rule.starts == id and rule.basis == "agreed" for rule in scheme.terms)
    return Offer(
        id,
        day="must" if agreed else STEPS[id].day,
        text=WRITTEN.get(id, "may"),
        checks=CHECKED.get(id, ()),
        urgent=any(rule.ends == id for _, rule in running),
        terms=_extendable(id, running) if STEPS[id].extends != "no" else (),
    )


async def take(
    store: Store, scheme: Scheme, who: Unlocked, dossier: Dossier, given: Mapping[str, str], now: datetime
) -> Wrong | None:
    """Takes the step that a form names, or says why not; then nothing was changed."""
    number, place = dossier.line.number, place_of(dossier)
    filed = await store.filed(number)
    id = given.get("step", "")
    offered = offers(scheme, filed, dossier.timeline, place, closed=dossier.line.closed is not None,
                     flags=dossier.intake.flags)  # fmt: skip
    offer = next((one for one in offered if one.id == id), None)
    if offer is None or given.get("seen") != str(len(dossier.timeline)):
        return Wrong(id, "changed")
    term = given.get("term") or (offer.terms[0] if offer.terms else None)
    if term is not None and term not in offer.terms:
        return Wrong(id, "changed")
    text = given.get("text", "").strip()
    if offer.text == "must" and not text:
        return Wrong(id, "text")
    if any(given.get(check) != "yes" for check in offer.checks):
        return Wrong(id, "check")
    try:
        on = date.fromisoformat(given["on"]) if given.get("on") else None
    except ValueError:
        return Wrong(id, "day")
    if offer.day == "must" and on is None:
        return Wrong(id, "day")
    told = given.get("tell") == "yes" and may_write(dossier)
    reason = text if told or STEPS[id].extends != "no" else ""
    try:
        after = terms.step(
            filed, scheme, id, now.astimezone(AMSTERDAM), on, reason=reason, term=term, location=place
        )
    except TermError as error:
        return Wrong(id, error.code)
    event = Happened(id, on.isoformat() if on else None, reason if may_write(dossier) else "")
    status = after.status if after.status != filed.status else None
    planned = (
        [Note(number, f"{ON}{on}")] if on and all(item.date != str(on) for item in after.deadlines) else []
    )
    await store.act(number, who, (*changes(filed, after, id), *planned), event, text, status, now=now)
    return None


def changes(before: Filed, after: Filed, why: str) -> tuple[Effect, ...]:
    """The orders that lead from one to the other: terms that began or moved, and terms that are gone."""
    old = {item.id: item for item in before.deadlines}
    begun = [SetTerm(before.number, item, why) for item in after.deadlines if old.get(item.id) != item]
    left = {item.id for item in after.deadlines}
    return (*begun, *(EndTerm(before.number, id, why) for id in old if id not in left))


def may_write(dossier: Dossier) -> bool:
    """Whether words may go to the client by the chat: not where somebody else may read along."""
    answer = dossier.answer("contact_safe")
    unsafe = answer is not None and answer.value in ("no", "unknown")
    return not unsafe and "unsafe_contact" not in dossier.intake.flags


def place_of(dossier: Dossier) -> str | None:
    """The location of the case, by which the law that applies is known."""
    answer = dossier.answer("location")
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def report_missing(scheme: Scheme, timeline: Sequence[Mark]) -> bool:
    """Whether a talk was held of which no report was made yet, where the scheme wants one (BB-7c)."""
    if not any(step.id == "report_made" for step in scheme.steps):
        return False
    order = [mark.what for mark in timeline if mark.what in ("talk_held", "report_made")]
    return bool(order) and order[-1] == "talk_held"
