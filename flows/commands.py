"""What can be asked for in any state: stop, wipe, back, a human, the confidant, who reads this, another language."""

from flows import (
    asking,
    commission,
    confidants,
    fear,
    filing,
    greeting,
    humans,
    ladder,
    leaving,
    links,
    pending,
    requests,
    staff_message,
    understand,
    wording,
)
from flows.composer import Composer, option
from flows.messages import Names, Phrase
from flows.scheme import Ask, Wzd

INFORMS = frozenset({"human", "who_reads", "privacy", "help", "form", "afraid"})
"""Commands that answer and then put the question of that moment again."""

SWITCHES = frozenset({"confidant", "commission", "message", "wzd", "suggestion", "story", "complaint"})


LANGUAGES = tuple(option(f"language:{language}") for language in ("nl", "en"))


def run(c: Composer, command: str, text: str = "") -> bool:
    """Carries out a command; False when it is none."""
    match command:
        case "stop":
            leaving.stop(c)
        case "wipe":
            leaving.wipe(c)
        case "back":
            leaving.back(c)
        case "restart":
            leaving.restart(c)
        case "human":
            humans.offer(c)
            go_back_to_question(c)
        case "who_reads" | "privacy":
            greeting.who_reads(c)
            c.say("privacy", days=c.platform.drafts_days)
            go_back_to_question(c)
        case "help":
            c.say("help", options=(option("process"),))
            go_back_to_question(c)
        case "afraid":
            fear.telling(c)
            go_back_to_question(c)
            c.offer_once()
        case "form":
            leaving.ways(c)
            go_back_to_question(c)
        case "process":
            process(c)
        case "line" if c.session.pending == "confidant":
            pending.once_more(c)
        case "confidant" | "line":
            confidants.offer(c)
        case "commission":
            commission.begin(c)
        case "message":
            staff_message.begin(c)
        case "status" | "add" | "withdraw" | "access" | "read" | "answer":
            requests.begin(c, command, "")
        case "language":
            return language(c, text)
        case "wzd":
            wzd(c)
        case _:
            return False
    return True


ELSEWHERE = frozenset(
    {"costs_nothing", "municipality_first", "wzd_may_apply", "generalist_ask_municipality",
     "commission_online_dossier", "commission_in_writing"}
)  # fmt: skip
"""Facts that are told where they help, and not in the account of how it goes on."""


def process(c: Composer) -> None:
    """How it goes on: everything the source states about what happens with a complaint, in its order."""
    for fact in c.scheme.facts:
        if fact.id not in ELSEWHERE:
            c.say(f"fact.{fact.id}")
    for link in c.scheme.links:
        links.say(c, link)
    again = (option("resume"),) if c.session.case is None and c.session.answers else ()
    c.say("process.then", options=(*again, option("more"), option("confidant"), option("human")))


def wzd(c: Composer) -> None:
    """Involuntary care: another regulation may apply; the client may go on here all the same (BE-7)."""
    rule = c.scheme.wzd
    if rule is None:
        c.say("wzd.unknown")
        go_back_to_question(c)
        return
    c.told("wzd")
    wzd_help(c, rule)
    if c.session.route is None:
        c.change(route="wzd")
    go_back_to_question(c)


def wzd_help(c: Composer, rule: Wzd) -> None:
    """That another regulation may apply, who helps with it, and where it stands."""
    c.say("fact.wzd_may_apply")
    known = {link.id: link for link in c.scheme.links}
    shown = tuple(
        Phrase("link.line", (("what", wording.words(known[id].label)), ("url", known[id].url or "")))
        for id in rule.links
        if id in known
    )
    contact = c.scheme.contacts[rule.contact]
    c.say(
        "wzd.support", who=wording.words(contact.label), ways=Names((*wording.ways(contact), *shown), "lines")
    )


def language(c: Composer, text: str) -> bool:
    """Another language or another way of being addressed; where the text names none it is asked which."""
    wish = understand.language(text)
    register = understand.register(text)
    if wish is None and register is not None:
        wish = greeting.REGISTER_LOCALES[register]
    elif wish == "nl":
        wish = next(locale for locale in greeting.locales(c.scheme) if locale.partition("@")[0] == "nl")
    if wish is None:
        c.say("language.which", options=LANGUAGES)
        return True
    return change_locale(c, wish)


def change_locale(c: Composer, wish: str) -> bool:
    """Goes on in this locale, or says truthfully that this organisation does not offer it."""
    offered = greeting.locales(c.scheme)
    if wish in offered or any(locale.partition("@")[0] == wish for locale in offered):
        c.change(locale=greeting.fitting(c.scheme, wish))
        c.say("language.changed")
    else:
        c.say("language.not_offered", options=LANGUAGES)
        if "interpreter" not in c.session.answers:
            c.say("language.interpreter")
            asking.put(c, Ask(("interpreter",)))
            return True
    go_back_to_question(c)
    return True


def go_back_to_question(c: Composer) -> None:
    """After something was answered in between: the question of that moment once more."""
    session = c.session
    if session.doubt is not None or (session.asking is not None and session.asking != "story"):
        asking.once_more(c)
    elif session.state == "checking":
        filing.check(c)
    elif session.pending is not None:
        pending.once_more(c)
    elif session.state == "done" or session.case is not None:
        c.say("go_on", options=(option("status"), option("add"), option("confidant")))
    else:
        greeting.again(c)


def next_step(c: Composer) -> None:
    """The step after the one the client is on."""
    talk = next((rung for rung in c.scheme.ladder if rung.kind == "talk"), None)
    if talk is not None and talk.id not in c.session.rungs_done:
        c.change(rungs_done=(*c.session.rungs_done, talk.id))
    ladder.advise(c)
