"""The next step on a case: which steps there are, what each needs, and what it does to terms and status.

What a step does to terms stands in `flows.terms`; which steps a scheme has stands in its file. Here is only what
an officer has to fill in, and that nothing is done on what is not there any more.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from flows import terms
from flows.calendar.zone import AMSTERDAM
from flows.effects import Effect, EndTerm, SetTerm
from flows.events import Filed, Happened
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
}
"""Steps that need words, or have none; all others may have them (BB-7d, BE-8, CJ-3, Awb 9:11)."""

CHECKED: dict[str, tuple[str, ...]] = {
    "withdrawal_confirmed": ("asked", "written"),
    "document_filed": ("client_dossier", "own_dossier"),
    "report_made": ("shared",),
    "extended_with_consent": ("consent",),
}
"""What an officer has to tick before the step is done (BB-8, BE-4b, BB-7c, Awb 9:11(3))."""

AGAIN = frozenset(
    {"talk_planned", "talk_held", "report_made", "response_requested", "response_received", "written_response",
     "steps_agreed", "measures_recorded", "improvement_noted", "copy_given", "extended_with_consent"}
)  # fmt: skip
"""Steps that can be taken more than once on a case."""

OWN = "uninvolved_declared"
"""The declaration by which a case opens: asked of every officer, not offered among the steps."""

NOT_ON_A_CASE = frozenset({"report_sent", "evaluation_held"})
"""Steps about all cases of a period."""


class Offer(msgspec.Struct, frozen=True):
    """A step that can be taken now, and what has to be filled in. `urgent`: it meets a term that runs."""

    id: str
    day: Need
    text: Need
    checks: tuple[str, ...]
    urgent: bool

    @property
    def plain(self) -> bool:
        """Whether one press is enough."""
        return self.day != "must" and self.text != "must" and not self.checks


class Wrong(msgspec.Struct, frozen=True):
    """Why a step was not taken: coded (``text``, ``day``, ``check``, ``changed``, or a `TermError`'s code)."""

    step: str
    code: str


def offers(scheme: Scheme, filed: Filed, timeline: Sequence[Mark], location: str | None) -> tuple[Offer, ...]:
    """The steps of this scheme that can be taken on this case: those that meet a term first."""
    rules = {rule.id: rule for rule in terms.rules_of(scheme, location)}
    running = [rules[item.id] for item in filed.deadlines if item.id in rules]
    done = {mark.what for mark in timeline}
    ids = [step.id for step in scheme.steps if step.id != OWN and step.id not in NOT_ON_A_CASE]
    ids += ["closed"] if "closed" not in ids else []
    if any(rule.extension for rule in running):
        ids += [id for id in ("extended", "extended_with_consent") if id not in ids]
    found = [_offer(id, scheme, running) for id in dict.fromkeys(ids) if id not in done or id in AGAIN]
    return tuple(sorted(found, key=lambda offer: not offer.urgent))


def quick(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """The steps that are one press away: of the first three those that need nothing, and contact."""
    return tuple(one for at, one in enumerate(offers) if one.plain and (at < 3 or one.text == "no"))


def _offer(id: str, scheme: Scheme, running: Sequence[TermRule]) -> Offer:
    agreed = any(rule.starts == id and rule.basis == "agreed" for rule in scheme.terms)
    return Offer(
        id,
        day="must" if agreed else STEPS[id].day,
        text=WRITTEN.get(id, "may"),
        checks=CHECKED.get(id, ()),
        urgent=any(rule.ends == id for rule in running),
    )


async def take(
    store: Store, scheme: Scheme, who: Unlocked, dossier: Dossier, given: Mapping[str, str], now: datetime
) -> Wrong | None:
    """Takes the step that a form names, or says why not; then nothing was changed."""
    number, place = dossier.line.number, place_of(dossier)
    filed = await store.filed(number)
    id = given.get("step", "")
    offer = next((one for one in offers(scheme, filed, dossier.timeline, place) if one.id == id), None)
    if offer is None or given.get("seen") != str(len(dossier.timeline)):
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
        after = terms.step(filed, scheme, id, now.astimezone(AMSTERDAM), on, reason=reason, location=place)
    except TermError as error:
        return Wrong(id, error.code)
    event = Happened(id, on.isoformat() if on else None, reason if may_write(dossier) else "")
    status = after.status if after.status != filed.status else None
    await store.act(number, who, changes(filed, after, id), event, text, status, now=now)
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
