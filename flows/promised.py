"""The dates that a client is told: which terms those are, and the rule behind each."""

from flows import terms
from flows.composer import Composer
from flows.events import Deadline, Filed
from flows.scheme import TermRule

TOLD_ENDS = ("contact_made", "talk_held", "outcome_sent")
"""Events for which the promised date has words of its own (``done.term.<event>``)."""


def rules(c: Composer) -> dict[str, TermRule]:
    """The terms whose dates the client is told, by id: the scheme's own, and those of any law.

    Which law holds at a place is known when a complaint is filed. Later the place is no longer known here, but a
    deadline of a law that stands on the case is one that holds.
    """
    return {rule.id: rule for rule in reversed(terms.every_rule(c.scheme)) if rule.tell}


def dates(c: Composer, case: Filed) -> tuple[tuple[Deadline, TermRule], ...]:
    """The deadlines of a case that the client is told, the earliest first, each with its rule."""
    told = rules(c)
    return tuple((item, told[item.id]) for item in case.deadlines if item.id in told)
