"""The organisation's documents: their address where the source gives it, else where to ask for them (BG-13)."""

from flows import wording
from flows.composer import Composer
from flows.scheme import Link


def say(c: Composer, link: Link) -> None:
    """Names one document and how to get it."""
    if link.url:
        c.say("process.link", what=wording.words(link.label), url=link.url)
    else:
        c.say("process.link.ask", what=wording.words(link.label), org=c.scheme.name)
