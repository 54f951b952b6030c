"""The first screen: what this is, who reads along, the human way, how to stop; then "what happened?"."""

from flows import wording
from flows.composer import Composer, option
from flows.events import Started
from flows.messages import Door, Option, Phrase
from flows.scheme import Scheme
from flows.session import Session

LANGUAGES = ("en", "nl")
REGISTER_LOCALES = {"je": "nl", "u": "nl@u", "kind": "nl@kind"}


def locales(scheme: Scheme) -> tuple[str, ...]:
    """The locales in which this scheme talks; the first is what it begins with."""
    dutch = tuple(REGISTER_LOCALES[register] for register in scheme.registers)
    return (*dutch, *(language for language in scheme.languages if language != "nl"))


def fitting(scheme: Scheme, wish: str | None) -> str:
    """The scheme's locale nearest to a wish such as ``nl@kind``, ``en`` or a platform's ``nl-NL``."""
    offered = locales(scheme)
    if wish is None:
        return offered[0]
    if wish in offered:
        return wish
    language = wish.replace("_", "-").partition("-")[0].partition("@")[0].lower()
    return next((locale for locale in offered if locale.partition("@")[0] == language), offered[0])


def begin(scheme: Scheme, platform: str, locale: str | None = None) -> Session:
    """A new conversation, before its first event."""
    return Session(scheme.id, scheme.hash, platform, locale=fitting(scheme, locale))


def start(c: Composer, event: Started) -> bool:
    """Someone opened the chat: a new conversation is greeted. False for an open one: its question has to be put."""
    if c.session.route is not None or c.session.answers or c.session.case is not None:
        c.say("resume.welcome")
        return False
    c.change(locale=fitting(c.scheme, event.locale or c.session.locale))
    hello(c)
    return True


def hello(c: Composer) -> None:
    """What this is, in as few words as can be, and the first question."""
    c.say("opening.hello.free" if c.scheme.fact("costs_nothing") else "opening.hello", org=c.scheme.name)
    c.say("opening.computer", days=c.platform.drafts_days)
    if c.platform.quick_exit:
        c.say("opening.exit")
    if c.platform.account:
        c.say(f"platform.sees.{c.platform.id}")
    if c.scheme.fact("story_welcome"):
        c.say("fact.story_welcome")
    c.change(state="opening", route=None)
    c.wait(asking="story")
    c.say("ask.story", options=first_options(c))


def first_options(c: Composer) -> tuple[Option, ...]:
    """What can be chosen instead of typing: the confidant, who reads this, other routes, a human, a language."""
    options = [option("confidant"), option("who_reads")]
    options += [option(route) for route in ("story", "suggestion") if route in c.scheme.asks]
    options.append(option("human"))
    here = c.session.locale.partition("@")[0]
    for language in LANGUAGES:
        if language in c.scheme.languages and language != here:
            options.append(Option(f"language:{language}", Phrase(f"language.{language}")))
    return tuple(options)


def who_reads(c: Composer) -> None:
    """Who reads what is typed: nobody before it is sent, then whom the scheme names, and what the platform sees."""
    if c.session.case is None:
        c.say("reads.nobody_yet")
    if c.scheme.recipient is not None:
        c.say("reads.then", who=wording.reader(c.scheme), org=c.scheme.name)
    else:
        c.say("reads.only_you")
    if c.platform.account:
        c.say(f"platform.sees.{c.platform.id}")
    elsewhere(c)


def elsewhere(c: Composer) -> None:
    """The web chat, which asks for no account: on a platform that does, where something sensitive begins, once."""
    if c.platform.private_link and not c.told("private"):
        c.say("private.web", door=Door(f"/{c.scheme.id}", Phrase("private.door")))


def again(c: Composer) -> None:
    """Asks the first question once more, warmly, after a greeting or after something else was answered."""
    c.wait(asking="story")
    c.say("ask.story.again", options=first_options(c))
