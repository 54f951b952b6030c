"""Terms, steps, letters, reports, and how long things are kept."""

from flows.calendar import holidays
from flows.checks_people import check_hours
from flows.problems import Path
from flows.scheme import Scheme, TermRule
from flows.sheet import Sheet
from flows.steps import STEPS
from flows.vocabulary import PARTS, REPORTED

LONGEST_REMINDER = 60
"""The most working days that a reminder may lie before or after a term."""

SMALLEST = 3
"""Numbers below this could point at a person, so a report has to leave them out at least."""


def check(scheme: Scheme, sheet: Sheet) -> None:
    """Writes down what is wrong with terms, steps, letters, reports, retention and office days."""
    for place, term in enumerate(scheme.terms):
        _term(scheme, sheet, place, term)
    for place, step in enumerate(scheme.steps):
        if step.id not in STEPS:
            sheet.note("unknown_step", ("steps", place, "id"), f"There is no step `{step.id}`.",
                       "docs/schemes.md lists the steps.")  # fmt: skip
    _kept(scheme, sheet)
    _office(scheme, sheet)
    _reminders(scheme, sheet)
    _papers(scheme, sheet)
    if scheme.valid_from and scheme.valid_until and scheme.valid_until < scheme.valid_from:
        sheet.note("dates_reversed", ("valid_until",), "The scheme ends before it begins.",
                   "Let `valid_until` be later than `valid_from`, or take it out.")  # fmt: skip


def _term(scheme: Scheme, sheet: Sheet, place: int, term: TermRule) -> None:
    path = ("terms", place)
    events: list[tuple[Path, str]] = [(("starts",), term.starts), (("ends",), term.ends)]
    events += [((key, n), id) for key in ("pauses", "lapses") for n, id in enumerate(getattr(term, key))]
    for rest, event in events:
        if event not in STEPS:
            sheet.note("unknown_event", (*path, *rest), f"There is no event `{event}`.",
                       "docs/schemes.md lists the steps that are events.")  # fmt: skip
        elif rest[0] in ("starts", "ends") and _not_taken(scheme, event):
            sheet.note("never_started", (*path, *rest), f"No officer of this scheme can take the step `{event}`.",
                       f"Add `- {{id: {event}}}` under `steps`.")  # fmt: skip
    if term.basis == "agreed" and term.count:
        sheet.note("bad_count", (*path, "count"), "An agreed term has no count: the officer records its day.",
                   "Take `count` out, or write `basis: scheme`.")  # fmt: skip
    if term.basis != "agreed" and term.count < 1:
        sheet.note(
            "bad_count", (*path, "count"), "The term counts nothing.", "Write `count: 5` and its `unit`."
        )
    if term.basis == "agreed" and term.tell and term.starts == "received":
        sheet.note("impossible_claim", (*path, "tell"), "A date is told when nobody has agreed one yet.",
                   "Write `tell: false`, or give the term a count.")  # fmt: skip


def _not_taken(scheme: Scheme, event: str) -> bool:
    """Whether this is a step of officers that the scheme does not list. Without a recipient there are no officers."""
    listed = {step.id for step in scheme.steps}
    return scheme.recipient is not None and STEPS[event].by == "officer" and event not in listed


def _kept(scheme: Scheme, sheet: Sheet) -> None:
    kept = scheme.retention
    if kept.maximum < 1:
        sheet.note("retention_short", ("retention", "maximum"), "Cases are not kept at all.",
                   "Write the `maximum` in months.")  # fmt: skip
    elif kept.minimum is not None and kept.maximum < kept.minimum:
        sheet.note("retention_short", ("retention", "maximum"), "Cases are destroyed before the minimum.",
                   f"Write a `maximum` of at least {kept.minimum} months.")  # fmt: skip


def _office(scheme: Scheme, sheet: Sheet) -> None:
    known = {"all", *holidays.ids()}
    if not scheme.office.days:
        sheet.note(
            "no_office_days",
            ("office", "days"),
            "The organisation never works.",
            "Write `days: [mo, tu, we]`.",
        )
    for place, name in enumerate(scheme.office.closed):
        if name not in known:
            sheet.note("unknown_holiday", ("office", "closed", place), f"There is no holiday `{name}`.",
                       f"Use one of: {', '.join(sorted(known))}.")  # fmt: skip
    for place, hours in enumerate(scheme.office.hours):
        check_hours(sheet, ("office", "hours", place), hours)


def _reminders(scheme: Scheme, sheet: Sheet) -> None:
    given = scheme.reminders
    seen: set[str] = set()
    for place, rung in enumerate(given.ladder):
        path: Path = ("reminders", "ladder", place)
        if rung.id in seen:
            sheet.note("bad_reminder", (*path, "id"), f"There are two reminders `{rung.id}`.",
                       "Keep one of them; give it all that it needs.")  # fmt: skip
        seen.add(rung.id)
        if not rung.to:
            sheet.note("bad_reminder", (*path, "to"), "This reminder goes to nobody.",
                       "Write `to: [handler]`, or take the reminder out.")  # fmt: skip
        counts = rung.id in ("before", "overdue")
        if counts and not 1 <= rung.days <= LONGEST_REMINDER:
            sheet.note("bad_reminder", (*path, "days"), f"`{rung.id}` counts {rung.days} working days.",
                       f"Write `days: 2`, or another number from 1 to {LONGEST_REMINDER}.")  # fmt: skip
        if not counts and rung.days:
            sheet.note("bad_reminder", (*path, "days"), f"`{rung.id}` counts no days.", "Take `days` out.")
    told = scheme.contacts.get(given.if_nobody) if given.if_nobody else None
    if told is not None and told.email is None:
        sheet.note("reminder_without_mail", ("reminders", "if_nobody"), "This contact has no e-mail address.",
                   "Give the contact an `email`, or name one that has it.")  # fmt: skip


def _papers(scheme: Scheme, sheet: Sheet) -> None:
    for n, letter in enumerate(scheme.letters):
        for m, part in enumerate(letter.parts):
            if part not in PARTS:
                sheet.note("unknown_part", ("letters", n, "parts", m), f"There is no part `{part}`.",
                           f"Use one of: {', '.join(PARTS)}.")  # fmt: skip
    for n, report in enumerate(scheme.reports):
        for m, what in enumerate(report.what):
            if what not in REPORTED:
                sheet.note("unknown_part", ("reports", n, "what", m), f"There is no part `{what}`.",
                           f"Use one of: {', '.join(REPORTED)}.")  # fmt: skip
        if report.suppress < SMALLEST:
            sheet.note("report_reveals", ("reports", n, "suppress"), f"Numbers from {report.suppress} on are shown.",
                       f"Leave out numbers below at least {SMALLEST}.")  # fmt: skip
    if scheme.wzd:
        for n, id in enumerate(scheme.wzd.links):
            if not any(link.id == id for link in scheme.links):
                sheet.note(
                    "unknown_link", ("wzd", "links", n), f"There is no link `{id}`.", "Add it under `links`."
                )
