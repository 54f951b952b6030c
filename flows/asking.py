"""Putting questions: the next open one, a doubt, and the same one again."""

from flows import agenda, fields, wording
from flows.answers import When
from flows.composer import Composer, option
from flows.messages import Arg, Names, Option, Phrase, Quote, Span
from flows.scheme import Ask
from flows.session import Doubt

SKIP = Option("skip", Phrase("option.skip"))


def put(c: Composer, ask: Ask, *, again: bool = False) -> None:
    """Asks this question. `again`: it was not understood, so it is put in other words."""
    open_now = agenda.open_fields(c.scheme, c.session, ask)
    field = open_now[0] if open_now else ask.fields[0]
    _progress(c, ask)
    if ask.fields[0] not in c.session.asked:
        c.change(asked=(*c.session.asked, ask.fields[0]))
    c.change(state="asking")
    c.wait(asking=field)
    _question(c, ask, field, open_now or (field,), again)


def _progress(c: Composer, ask: Ask) -> None:
    """How far the client is; not in a talk that ends in no form, and not with a child: it would sound like a test."""
    talk = c.session.route == "message" or (c.scheme.recipient is None and c.session.route != "commission")
    if talk or c.session.locale == "nl@kind" or ask.fields == ("story",):
        return
    at, of = agenda.progress(c.scheme, c.session, ask)
    if of > 1:
        c.say("progress", at=at, of=of)


def _question(c: Composer, ask: Ask, field: str, open_now: tuple[str, ...], again: bool) -> None:
    options = fields.choices(c.scheme, field)
    if field == "safe":
        options = tuple(option(id) for id in ("yes", "no", "unknown"))
    multiple = fields.KINDS[field] == "choices"
    skippable = () if ask.required == "law" else (SKIP,)
    id, args = wording_of(c, field, open_now)
    if again:
        c.say(f"again.{kind_of(field)}")
    c.say(id, options=(*options, *skippable), multiple=multiple and len(options) > 1, filled=args)


def kind_of(field: str) -> str:
    """The kind of a field, for the words that explain what kind of answer is meant."""
    return fields.KINDS[field]


def wording_of(c: Composer, field: str, open_now: tuple[str, ...]) -> tuple[str, dict[str, Arg]]:
    """The question's message id and what fills it."""
    names = {"org": c.scheme.name, "worker": wording.worker(c.scheme), "who": wording.reader(c.scheme)}
    if field in fields.CONTACT and len(open_now) > 1:
        parts = Names(tuple(Phrase(f"your.{name}") for name in open_now))
        begun = any(name in c.session.answers for name in fields.CONTACT)
        own = c.session.route == "commission"
        rest = "ask.contact.rest.own" if own else "ask.contact.rest"
        return (rest if begun else "ask.contact"), {**names, "parts": parts}
    if field == "contact_safe":
        given = [way for way in ("phone", "email") if c.value(way) not in (None, fields.NONE, fields.UNKNOWN)]
        return f"ask.contact_safe.{'_'.join(given) or 'phone'}", names
    if field == "safe" and c.value("behalf") not in (None, fields.UNKNOWN, "self"):
        return "ask.safe.behalf", names
    if field in ("points", "wish") and c.session.route == "message":
        return f"ask.{field}.message", names
    return f"ask.{field}", names


def next_question(c: Composer) -> bool:
    """Asks the first question that is still open; False when there is none left."""
    if c.session.doubt is not None:
        doubt(c, c.session.doubt)
        return True
    ask = agenda.next_ask(c.scheme, c.session)
    if ask is None:
        c.wait()
        return False
    c.change(puzzled=0)
    put(c, ask)
    return True


def once_more(c: Composer) -> None:
    """Puts the question of this moment again, after something else was answered."""
    if c.session.doubt is not None:
        doubt(c, c.session.doubt)
    elif c.session.asking is not None:
        put(c, agenda.ask_of(c.scheme, c.session, c.session.asking))


def doubt(c: Composer, about: Doubt) -> None:
    """Asks which of the candidates was meant. Two candidates are asked, never guessed."""
    c.change(state="asking")
    c.wait(asking=about.field, doubt=about)
    options: list[Option] = []
    for candidate in about.candidates:
        match candidate:
            case When():
                options.append(Option(candidate.earliest.isoformat(), Span(candidate)))
            case str():
                shown = wording.value(c.scheme, about.field, candidate)
                options.append(Option(candidate, shown))
            case tuple():
                options.append(Option(",".join(candidate), wording.value(c.scheme, about.field, candidate)))
    options.append(option("other"))
    id = f"doubt.{about.why}" if about.why in ("weekday_conflict", "typo") else "doubt.ambiguous"
    c.say(id, options=tuple(options), words=Quote(about.words))
