"""Fear before procedure: whoever is afraid of the one they complain about gets to the confidant at once (IB-4a)."""

from flows import confidants, greeting, line, wording
from flows.composer import Composer, option
from flows.messages import Phrase


def hint(c: Composer, *, offered: bool = False) -> None:
    """Where a member of staff is complained of and nobody spoke of fear: who is afraid can go to someone first.

    `offered`: the way to that someone stands among the options already.
    """
    chosen = c.value("subject")
    ids = chosen if isinstance(chosen, tuple) else (chosen,)
    staff = any(subject.flag == "staff" and subject.id in ids for subject in c.scheme.subjects)
    if staff and c.value("safe") not in ("yes", "no"):
        c.say(
            "fear.hint",
            worker=wording.worker(c.scheme),
            options=() if offered else (option("confidant", HELP),),
        )


def telling(c: Composer) -> None:
    """Who does not dare to tell, or fears who sees it: nothing goes by itself, and there is someone to talk with."""
    place = c.value("location")
    found = c.scheme.confidants_at(place if isinstance(place, str) else None)
    c.say("fear.telling" if c.session.case is None else "fear.telling.filed")
    first = not c.told("fear.telling")
    if first and c.platform.account:
        c.say("confidant.wipe_hint")
    if found:
        c.say("fear.telling.who", who=wording.words(found[0].role), options=(option("confidant"),))
    else:
        c.say("fear.telling.help", options=(option("confidant"),))
    if first and any(line.has(one) for one in found):
        confidants.writing(c)
    elif first:
        greeting.elsewhere(c)


HELP = Phrase("option.confidant.help")


def check(c: Composer) -> bool:
    """Offers the confidant at once when the client is afraid; True when it did. It does so one time."""
    if c.value("safe") != "no" or c.told("fear"):
        return False
    other = c.value("behalf") not in (None, "unknown", "self")
    c.say("fear.known.behalf" if other else "fear.known")
    confidants.offer(c)
    return True
