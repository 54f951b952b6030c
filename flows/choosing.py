"""What the client chose: ids of options, checked against what was offered. A stale choice is answered kindly."""

from flows import (
    agenda,
    answering,
    asking,
    cards,
    commands,
    filing,
    following,
    greeting,
    hearing,
    ladder,
    later,
    leaving,
    pending,
    requests,
    staff_message,
    written,
)  # fmt: skip
from flows.answers import FIELDS, Answer, How, Value, When
from flows.composer import ALWAYS, Composer
from flows.events import Chose

COMMANDS = frozenset({"command:help", "command:language"})
"""Commands of a platform that a bare id could not stand for: a scheme may call a subject so."""


def chose(c: Composer, event: Chose) -> None:
    """Takes one choice of one or more options."""
    ids = tuple(dict.fromkeys(event.ids))
    always = ALWAYS | {id for id in ids if id in COMMANDS or id.startswith("language:")}
    if not (set(ids) <= set(c.session.offered) | always) or (len(ids) > 1 and not c.session.multiple):
        stale(c)
        return
    if c.session.stopped and ids[0] not in ("wipe", "stop", "restart"):
        c.change(stopped=False)
    if c.session.doubt is not None and _doubt(c, ids[0]):
        return
    if c.session.asking is not None and _field(c, c.session.asking, ids):
        return
    if not _one(c, ids[0]):
        stale(c)


def stale(c: Composer) -> None:
    """The choice belongs to an earlier question: say so and put the present one again."""
    c.error = "stale_choice"
    c.say("stale")
    commands.go_back_to_question(c)


def _doubt(c: Composer, id: str) -> bool:
    doubt = c.session.doubt
    assert doubt is not None
    if id == "other":
        c.change(doubt=None)
        c.session = agenda.without(c.session, doubt.field)
        asking.put(c, agenda.ask_of(c.scheme, c.session, doubt.field))
        return True
    for candidate in doubt.candidates:
        if _id(candidate) == id:
            before = c.session.answers.get(doubt.field)
            how: How = "corrected" if before else "asked"
            hearing.fill(
                c, doubt.field, Answer(candidate, doubt.words, how, was=before.value if before else None)
            )
            c.wait()
            pending.go_on(c)
            return True
    return False


def _id(candidate: Value) -> str:
    match candidate:
        case When():
            return candidate.earliest.isoformat()
        case tuple():
            return ",".join(candidate)
        case _:
            return candidate


def _field(c: Composer, field: str, ids: tuple[str, ...]) -> bool:
    if ids == ("skip",):
        answering.skip(c, field)
        pending.go_on(c) if field != "story" else greeting.again(c)
        return True
    if answering.chosen(c, field, ids):
        pending.go_on(c)
        return True
    return False


def _one(c: Composer, id: str) -> bool:
    """Carries out one option that is not the value of a field."""
    head, _, rest = id.partition(":")
    match head:
        case "change" if rest in FIELDS:
            answering.reopen(c, rest)
        case "language":
            commands.change_locale(c, rest)
        case "command":
            return commands.run(c, rest)
        case "rung":
            rung = c.scheme.rung(rest)
            if rung is None:
                return False
            ladder.present(c, rung)
        case "how" if rest in following.HOW:
            following.rated(c, rest)
        case "yes" | "no":
            return pending.answer(c, id, None, "")
        case _:
            return _plain(c, id)
    return True


def _plain(c: Composer, id: str) -> bool:
    match id:
        case "send":
            filing.send(c)
        case "not_yet":
            filing.not_yet(c)
        case "unreadable":
            filing.unreadable(c)
        case "review":
            c.wait()
            pending.go_on(c)
        case "other":
            cards.ask_what_else(c)
        case "copy":
            filing.copy(c)
        case "followup":
            following.wish(c)
        case "resume":
            resume(c)
        case "restart":
            leaving.restart(c)
        case "no_code":
            requests.no_code(c)
        case "more":
            ladder.everything(c)
        case "next_step":
            commands.next_step(c)
        case "talk":
            ladder.begin_talk(c)
        case "together":
            ladder.together(c)
        case "message":
            staff_message.begin(c)
        case "ready":
            c.change(state="done")
            c.wait()
            c.say("ready")
        case "no_answer":
            written.unanswered(c)
        case "solved" | "not_solved":
            following.answered(c, "solved", yes=id == "solved")
        case "news":
            later.news(c)
        case "complaint" | "story" | "suggestion":
            _route(c, id)
        case _:
            return commands.run(c, id)
    return True


def take_up(c: Composer) -> None:
    """The question of an open conversation once more, for who opened the chat again; one that was stopped goes on."""
    if c.session.stopped and c.session.case is None:
        resume(c)
    else:
        c.change(stopped=False)
        commands.go_back_to_question(c)


def resume(c: Composer) -> None:
    """Goes on where the client was."""
    c.change(stopped=False)
    told = c.session.asking is None or (c.session.asking == "story" and "story" in c.session.answers)
    if c.session.pending in ("confidant", "danger", "talk", "rung", None) and told:
        c.wait(doubt=c.session.doubt)
        if c.session.answers:
            pending.go_on(c)
        else:
            greeting.again(c)
        return
    commands.go_back_to_question(c)


def _route(c: Composer, route: str) -> None:
    known = c.session.answers
    c.change(route=route if route in c.scheme.asks else "complaint", before=None)
    c.wait()
    if "story" in known:
        pending.go_on(c)
        return
    c.say(f"route.{c.session.route}")
    asking.put(c, agenda.ask_of(c.scheme, c.session, "story"))
