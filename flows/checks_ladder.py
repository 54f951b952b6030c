"""The ladder and the questions: every step leads somewhere, and every question can be put and is needed."""

from flows.answers import FIELDS
from flows.fields import applies
from flows.scheme import Rung, Scheme
from flows.sheet import Sheet
from flows.vocabulary import FACTS, OPENS, ROUTES

MAX_QUESTIONS = 7
"""At most so many questions on a route; those that only sometimes apply are not counted."""

SOMETIMES = frozenset({"contact_safe", "contact_when", "behalf", "party", "age", "safe", "interpreter"})
"""Fields that are asked only when an earlier answer calls for them."""

OUTSIDE = ("commission", "disputes")


def check(scheme: Scheme, sheet: Sheet) -> None:
    """Writes down what is wrong with the ladder, the questions and the facts."""
    for place, rung in enumerate(scheme.ladder):
        _rung(scheme, sheet, place, rung)
    if scheme.recipient is None and not any(r.kind not in ("talk", "online") for r in scheme.ladder):
        sheet.note("no_outcome", ("ladder",), "Nobody receives complaints and no rung leads anywhere else.",
                   "Give a `recipient`, or a rung with a confidant, a generalist or a commission.")  # fmt: skip
    for route in scheme.asks:
        _route(scheme, sheet, route)
    if "complaint" not in scheme.asks:
        sheet.note("story_not_asked", ("asks",), "The route complaint is missing.",
                   "Add `complaint:` with `{fields: [story], required: law}`.")  # fmt: skip
    if scheme.age_limit and not any("date" in ask.fields for ask in scheme.asks.get("complaint", ())):
        sheet.note("age_limit_without_date", ("age_limit",), "The age of a complaint counts, but nobody asks it.",
                   "Let the route complaint ask `date`.")  # fmt: skip
    _facts(scheme, sheet)


def _rung(scheme: Scheme, sheet: Sheet, place: int, rung: Rung) -> None:
    ids = [other.id for other in scheme.ladder]
    path = ("ladder", place)
    for n, id in enumerate(rung.next):
        if id not in ids:
            sheet.note("unknown_rung", (*path, "next", n), f"There is no rung `{id}`.",
                       f"Use one of: {', '.join(ids)}.")  # fmt: skip
    if not _leads_out(scheme, rung):
        sheet.note("no_way_out", path, f"From `{rung.id}` nothing outside the organisation can be reached.",
                   "Name the next rung under `next`, or write `outside: true` when it is independent.")  # fmt: skip
    for n, why in enumerate(rung.opens):
        if why not in OPENS:
            sheet.note("unknown_opens", (*path, "opens", n), f"There is no reason `{why}`.",
                       f"Use one of: {', '.join(OPENS)}.")  # fmt: skip
    for n, field in enumerate(rung.asks):
        _form_field(scheme, sheet, (*path, "asks", n), rung, field)
    if rung.rules is not None and not any(link.id == rung.rules for link in scheme.links):
        sheet.note(
            "unknown_link", (*path, "rules"), f"There is no link `{rung.rules}`.", "Add it under `links`."
        )
    for n, fact in enumerate(rung.told):
        if not scheme.fact(fact):
            sheet.note("fact_not_stated", (*path, "told", n), f"The scheme does not state `{fact}`.",
                       f"Add `- {{id: {fact}}}` under `facts`, or take it out here.")  # fmt: skip


def _leads_out(scheme: Scheme, rung: Rung) -> bool:
    """Whether a body outside the organisation can be reached from this rung by its ways out."""
    seen: set[str] = set()
    todo = [rung]
    while todo:
        here = todo.pop()
        if here.outside or here.kind in OUTSIDE:
            return True
        seen.add(here.id)
        todo += [r for r in scheme.ladder if r.id in here.next and r.id not in seen]
    return False


def _form_field(scheme: Scheme, sheet: Sheet, path: tuple[str | int, ...], rung: Rung, field: str) -> None:
    if field not in FIELDS:
        sheet.note(
            "unknown_field", path, f"There is no field `{field}`.", f"Use one of: {', '.join(FIELDS)}."
        )
        return
    asked = {name for ask in scheme.asks.get("commission", ()) for name in ask.fields}
    if rung.prepares and field not in asked:
        sheet.note("form_not_asked", path, f"The {rung.prepares} wants `{field}`, which nobody asks.",
                   "Ask it on the route commission.")  # fmt: skip


def _route(scheme: Scheme, sheet: Sheet, route: str) -> None:
    asks = scheme.asks[route]
    if route not in ROUTES:
        sheet.note("unknown_route", ("asks", route), f"There is no route `{route}`.",
                   f"Use one of: {', '.join(ROUTES)}.")  # fmt: skip
        return
    seen: set[str] = set()
    for place, ask in enumerate(asks):
        for n, field in enumerate(ask.fields):
            path = ("asks", route, place, "fields", n)
            if field not in FIELDS:
                sheet.note(
                    "unknown_field",
                    path,
                    f"There is no field `{field}`.",
                    f"Use one of: {', '.join(FIELDS)}.",
                )
            elif field in seen:
                sheet.note(
                    "asked_twice", path, f"`{field}` is asked twice on this route.", "Keep one of the two."
                )
            elif field in ("location", "role", "subject") and not applies(scheme, field, {}):
                sheet.note("asked_for_nothing", path, f"`{field}` is asked, but there is nothing to choose.",
                           "Fill the list, or take the question out.")  # fmt: skip
            elif field == "party" and not scheme.parties:
                sheet.note("asked_for_nothing", path, "`party` is asked, but there are no `parties`.",
                           "Fill `parties`, or take the question out.")  # fmt: skip
            seen.add(field)
    if not seen & {"story", "points"}:
        sheet.note("story_not_asked", ("asks", route), "This route does not ask what happened.",
                   "Begin with `{fields: [story], required: law}`.")  # fmt: skip
    always = [ask for ask in asks if not set(ask.fields) <= SOMETIMES]
    if len(always) > MAX_QUESTIONS:
        sheet.note("too_many_questions", ("asks", route), f"This route asks {len(always)} questions.",
                   f"Ask at most {MAX_QUESTIONS}: what the source does not need can go.")  # fmt: skip


def _facts(scheme: Scheme, sheet: Sheet) -> None:
    for place, fact in enumerate(scheme.facts):
        kind = FACTS.get(fact.id)
        if kind is None:
            sheet.note("unknown_fact", ("facts", place, "id"), f"There is no fact `{fact.id}`.",
                       "docs/schemes.md lists those that the program can tell.")  # fmt: skip
        elif kind.holds is not None and not kind.holds(scheme):
            sheet.note("impossible_claim", ("facts", place, "id"), f"`{fact.id}` is promised, but is not so here.",
                       f"It needs {kind.needs}.")  # fmt: skip
