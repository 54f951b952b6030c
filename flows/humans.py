"""The human way: whom the scheme names, on the first screen and in every state."""

from flows import confidants, wording
from flows.composer import Composer
from flows.messages import Names


def offer(c: Composer) -> None:
    """A human now: only whom the scheme names, with the ways and hours that the source gives."""
    c.say("human")
    for key in c.scheme.human:
        contact = c.scheme.contacts[key]
        ways = wording.ways(contact)
        if ways:
            c.say("human.contact", who=wording.words(contact.label), ways=Names(ways, "lines"))
            confidants.hours(c, contact)
        else:
            c.say("human.ask", who=wording.words(contact.label))
