"""Terms: which day a thing is due, and why (law 8). Pure: all days come in as arguments.

How a day is found, in this order:

1. The day of the event does not count; a moment is taken as its day in Amsterdam.
2. `count` working days of the organisation, or calendar days, weeks, months or years. A month ends on the same
   day number, else on the month's last day.
3. An extension and the days of a pause come on top.
4. A term of a law runs on under the Algemene termijnenwet (ATW): never ending on a Saturday, Sunday, public
   holiday or decree day (art. 1), and holding two ordinary days when it has three days or more (art. 2).
   Not one of more than 90 days, 12 weeks or 3 months, nor of years (art. 4). A scheme's own term does not.
"""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from flows import regimes
from flows.calendar import span, working, zone
from flows.events import Deadline, Filed, Reason
from flows.scheme import Extension, Retention, Scheme, TermRule, Unit
from flows.steps import STEPS, StepKind


class TermError(ValueError):
    """A step or rule that cannot be carried out on a term; `code` says why, the text says it to developers.

    Codes: ``unknown_event``, ``no_count``, ``no_day`` (a day must be given), ``day_passed`` (the given day is
    not later), and for extensions ``not_extendable``, ``already_extended``, ``expired``, ``no_reason``,
    ``too_long``.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def deadline(
    rule: TermRule,
    start: date | datetime,
    scheme: Scheme,
    *,
    extended: Extension | None = None,
    paused_days: int = 0,
    agreed: date | None = None,
) -> Deadline:
    """The last day of `rule` when its event was on `start`, with the explanation.

    `extended` is the length of an extension that was given; `paused_days` the days on which the term stood
    still (working days for a term of those). An ``agreed`` term has no count: its day is `agreed`.
    Raises `TermError` (``no_count``, ``no_day``, ``day_passed``).
    """
    begun = zone.day(start)
    why = Reason(
        count=rule.count,
        unit=rule.unit,
        start=begun.isoformat(),
        event=rule.starts,
        basis=rule.basis,
        paused_days=paused_days,
        article=_article(rule),
    )
    if rule.basis == "agreed":
        if agreed is None:
            raise TermError("no_day", f"term {rule.id!r} has no count: the agreed day must be given")
        if agreed < begun:
            raise TermError("day_passed", f"{agreed} lies before {begun}")
        return Deadline(rule.id, agreed.isoformat(), why)
    if rule.count < 1:
        raise TermError("no_count", f"term {rule.id!r} must count at least 1 {rule.unit}, not {rule.count}")
    last, skipped = _counted(begun, rule.count, rule.unit, scheme)
    if extended:
        before, _ = _rolled(rule, begun, last)
        why = msgspec.structs.replace(why, extended=before.isoformat())
        last, more = _counted(last, extended.count, extended.unit, scheme)
        skipped += more
    if paused_days:
        last, more = _counted(last, paused_days, _pause_unit(rule), scheme)
        skipped += more
    day, rolled = _rolled(rule, begun, last)
    return Deadline(
        rule.id,
        day.isoformat(),
        msgspec.structs.replace(why, skipped=_iso(skipped), rolled=_iso(rolled)),
    )


def start(
    scheme: Scheme,
    event: str,
    on: date | datetime,
    *,
    location: str | None = None,
    regime: str | None = None,
) -> tuple[Deadline, ...]:
    """Every deadline that begins with `event` on `on`, the earliest first.

    The scheme's own terms stand beside those of the law: of `regime`, else of the location's, else of the
    scheme's. Agreed terms are not there: they begin with a step that names their day. Raises `TermError` for
    an unknown event and `ValueError` for an unknown regime.
    """
    _known(event)
    rules = (rule for rule in rules_of(scheme, location, regime) if rule.basis != "agreed")
    return _in_order(deadline(rule, on, scheme) for rule in rules if rule.starts == event)


def due(
    scheme: Scheme,
    on: date | datetime,
    event: str = "received",
    *,
    location: str | None = None,
    regime: str | None = None,
) -> tuple[Deadline, ...]:
    """What `gehoord due` shows: all that begins with `event`, and after ``closed`` how long the dossier stays."""
    begun = start(scheme, event, on, location=location, regime=regime)
    return _in_order((*begun, *retention(scheme, on))) if event == "closed" else begun


def rules_of(scheme: Scheme, location: str | None = None, regime: str | None = None) -> tuple[TermRule, ...]:
    """The scheme's own terms, those of the regimes that hold there, and what holds everywhere."""
    named = (*regimes.named(scheme, location, regime), *regimes.EVERYWHERE)
    return scheme.terms + tuple(rule for name in named for rule in regimes.terms(name))


def rules_anywhere(scheme: Scheme) -> tuple[TermRule, ...]:
    """All that can run on a case of this scheme, at whatever location."""
    places = (None, *(place.id for place in scheme.locations))
    return tuple({rule.id: rule for place in places for rule in rules_of(scheme, place)}.values())


def retention(scheme: Scheme, closed: date | datetime) -> tuple[Deadline, ...]:
    """How long the dossier of a case that was closed on `closed` stays (BG-10, CJ-10).

    ``retention_minimum``, when the source names one, is the last day on which it must still be there;
    ``retention`` the day by which it is destroyed, unless a hold defers it.
    """
    return tuple(deadline(rule, closed, scheme) for rule in _retention_rules(scheme.retention))


def _retention_rules(kept: Retention) -> tuple[TermRule, ...]:
    spans = {"retention_minimum": kept.minimum, "retention": kept.maximum}
    return tuple(
        TermRule(
            id=id,
            label={},
            starts="closed",
            ends="destroyed",
            count=months,
            unit="months",
            tell=False,
            who="management",
            clause=kept.clause,
        )
        for id, months in spans.items()
        if months
    )


def step(
    filed: Filed,
    scheme: Scheme,
    step: str,
    on: date | datetime,
    agreed: date | None = None,
    *,
    reason: str = "",
    term: str | None = None,
    location: str | None = None,
    regime: str | None = None,
) -> Filed:
    """The case after `step` was taken on `on`: terms met or lapsed are gone, new ones are there.

    `agreed` is the day that the step sets (`StepKind.day`). An extension needs `reason`, lengthens the
    earliest term that can be extended (or `term`), and only before it expired. The location and regime say
    which law's terms a step can start. Raises `TermError`.
    """
    kind, day = _known(step), zone.day(on)
    if kind.day == "must" and agreed is None:
        raise TermError("no_day", f"step {step!r} must name a day")
    here = rules_of(scheme, location, regime)
    rules = {rule.id: rule for rule in (*reversed(every_rule(scheme)), *reversed(here))}
    open_terms = {item.id: item for item in filed.deadlines if not _gone(rules.get(item.id), kind)}
    for id, item in open_terms.items():
        if rule := rules.get(id):
            open_terms[id] = _paused_or_resumed(item, rule, kind, day, scheme)
    if kind.extends != "no":
        if not reason.strip():
            raise TermError("no_reason", "an extension is given with a reason")
        item = _extendable(open_terms, rules, term)
        _refuse_extension(item, kind, day, agreed)
        longer = _lengthened(item, rules[item.id], kind, agreed, scheme)
        open_terms[longer.id] = longer
    for rule in here:
        if rule.starts == step and (rule.basis != "agreed" or agreed is not None):
            open_terms[rule.id] = deadline(rule, day, scheme, agreed=agreed)
    return msgspec.structs.replace(
        filed,
        status=kind.status or filed.status,
        deadlines=_in_order(open_terms.values()),
        done=filed.done if step in filed.done else (*filed.done, step),
    )


def every_rule(scheme: Scheme) -> tuple[TermRule, ...]:
    """The scheme's own terms and those of every law, whichever holds."""
    blocks = (regimes.terms(name) for name in regimes.REGIMES + regimes.EVERYWHERE)
    return scheme.terms + tuple(rule for block in blocks for rule in block)


def rule_of(scheme: Scheme, id: str) -> TermRule | None:
    """The rule of a term that runs on a case, by its id: the scheme's own, or that of whichever law held there."""
    return next((rule for rule in every_rule(scheme) if rule.id == id), None)


def _gone(rule: TermRule | None, kind: StepKind) -> bool:
    # A term that no rule explains any more (an older version of the scheme) stays until the case is closed.
    if rule is None:
        return kind.closes
    ended = kind.closes and rule.who != "client" and not regimes.outlasts(rule.id)
    return rule.ends == kind.id or kind.id in rule.lapses or ended


def _paused_or_resumed(item: Deadline, rule: TermRule, kind: StepKind, day: date, scheme: Scheme) -> Deadline:
    why = item.why
    if kind.id in rule.pauses and why.paused_since is None:
        return Deadline(item.id, item.date, msgspec.structs.replace(why, paused_since=day.isoformat()))
    if not kind.resumes or why.paused_since is None:
        return item
    since = date.fromisoformat(why.paused_since)
    if rule.unit == "working_days":
        stood_still = working.between(since, day, scheme.office)
    else:
        stood_still = max((day - since).days, 0)
    ran_on = msgspec.structs.replace(why, paused_since=None, paused_days=why.paused_days + stood_still)
    if why.extended is None and rule.basis != "agreed":
        begun = date.fromisoformat(why.start)
        return deadline(rule, begun, scheme, paused_days=ran_on.paused_days)
    # An extended or agreed term has a day that was named to the client: the pause moves that day.
    last, skipped = _counted(date.fromisoformat(item.date), stood_still, _pause_unit(rule), scheme)
    moved, rolled = _rolled(rule, date.fromisoformat(why.start), last)
    ran_on = msgspec.structs.replace(ran_on, skipped=why.skipped + _iso(skipped), rolled=_iso(rolled))
    return Deadline(item.id, moved.isoformat(), ran_on)


def _extendable(open_terms: dict[str, Deadline], rules: dict[str, TermRule], term: str | None) -> Deadline:
    for item in _in_order(open_terms.values()):
        if item.id in rules and rules[item.id].extension and term in {None, item.id}:
            return item
    raise TermError("not_extendable", "no open term of this case can be extended")


def _refuse_extension(item: Deadline, kind: StepKind, on: date, agreed: date | None) -> None:
    old = date.fromisoformat(item.date)
    if kind.extends == "rule" and item.why.extended is not None:
        raise TermError("already_extended", f"{item.id!r} was extended before, from {item.why.extended}")
    if on > old and item.why.paused_since is None:
        raise TermError("expired", f"{item.id!r} ended on {old}: it can only be extended before that")
    if agreed is not None and agreed <= old:
        raise TermError("day_passed", f"{agreed} is not later than {old}")


def _lengthened(
    item: Deadline, rule: TermRule, kind: StepKind, agreed: date | None, scheme: Scheme
) -> Deadline:
    assert rule.extension is not None
    named = msgspec.structs.replace(item.why, extended=item.date, rolled=())
    if kind.extends == "consent" or rule.extension.count == 0:
        if agreed is None:
            raise TermError("no_day", f"the law sets no maximum for {item.id!r}: the new day must be given")
        return Deadline(item.id, agreed.isoformat(), named)
    begun = date.fromisoformat(item.why.start)
    longest = deadline(rule, begun, scheme, extended=rule.extension, paused_days=item.why.paused_days)
    if agreed is None:
        return Deadline(item.id, longest.date, msgspec.structs.replace(longest.why, extended=item.date))
    if agreed.isoformat() > longest.date:
        raise TermError("too_long", f"{item.id!r} can be extended to {longest.date} at the latest")
    return Deadline(item.id, agreed.isoformat(), named)


def _counted(start: date, count: int, unit: Unit, scheme: Scheme) -> tuple[date, span.Reasons]:
    return span.after(start, count, unit, scheme.office)


def _pause_unit(rule: TermRule) -> Unit:
    return "working_days" if rule.unit == "working_days" else "days"


def _rolled(rule: TermRule, begun: date, last: date) -> tuple[date, span.Reasons]:
    if rule.basis != "statutory" or not span.under_atw(rule.count, rule.unit):
        return last, ()
    return span.run_on(begun, last, three_days=rule.unit not in {"days", "working_days"} or rule.count >= 3)


def _iso(days: Iterable[tuple[date, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((day.isoformat(), why) for day, why in days)


def _in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(sorted(deadlines, key=lambda item: (item.date, item.id)))


def _known(step: str) -> StepKind:
    if step not in STEPS:
        raise TermError("unknown_event", f"no step {step!r}: choose one of {', '.join(STEPS)}")
    return STEPS[step]


def _article(rule: TermRule) -> str:
    if rule.basis != "statutory":
        return ""
    return rule.clause if isinstance(rule.clause, str) else ", ".join(rule.clause)
