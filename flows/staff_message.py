"""A message to the staff member: a fixed frame that quotes the client's own sentences (IB-3). Nothing is written
for the client."""

from flows import asking, fear, wording
from flows.composer import Composer, option
from flows.fields import NONE, UNKNOWN
from flows.messages import Arg, Phrase, Quote
from flows.understand.text import fold


def begin(c: Composer) -> None:
    """Starts the message; what was asked before is not asked again."""
    if c.session.route != "message":
        c.change(before=c.session.route, route="message")
    go_on(c)


def go_on(c: Composer) -> None:
    """Asks for the two sentences, then shows the message. Who is afraid is shown someone who helps, first."""
    if fear.check(c):
        return
    if asking.next_question(c):
        return
    show(c)


def show(c: Composer) -> None:
    """The message in its frame, to be approved, changed, sent or read aloud by the client."""
    c.change(state="asking")
    c.wait(pending="message")
    c.say("message.yours", body=frame(c), sensitive=True)
    c.say("message.good", options=(option("yes"), option("change:points"), option("change:wish")))


def _addressee(c: Composer) -> Arg:
    """Whom the message is for: whom the step of the talk names, else the one who helps."""
    rung = next((rung for rung in c.scheme.ladder if rung.kind == "talk" and rung.contact), None)
    if rung is None or rung.contact is None:
        return wording.worker(c.scheme)
    return wording.words(c.scheme.contacts[rung.contact].label)


def frame(c: Composer) -> Phrase:
    """The message: greeting, what happens, what is wished, each in the client's own words inside a fixed frame."""
    what = Quote(sentence(str(c.value("points") or "")))
    wish = str(c.value("wish") or "").strip()
    if not wish or wish in (NONE, UNKNOWN):
        return Phrase("message.frame.short", (("what", what),))
    start = fold(wish).partition(" ")[0]
    if start in ("dat", "that"):
        return Phrase("message.frame.that", (("what", what), ("wish", Quote(closed(wish)))))
    if start in ("ik", "i", "wil"):
        return Phrase("message.frame.own", (("what", what), ("wish", Quote(sentence(wish)))))
    return Phrase("message.frame", (("what", what), ("wish", Quote(closed(wish)))))


def closed(words: str) -> str:
    """The client's words with a full stop at the end."""
    return words if words[-1] in ".!?…" else f"{words}."


def sentence(words: str) -> str:
    """The client's sentence with a capital and a full stop; not a letter of it is otherwise changed."""
    bare = words.strip()
    if not bare:
        return ""
    whole = closed(bare)
    return whole[0].upper() + whole[1:]


def approved(c: Composer) -> None:
    """The client likes it: send it yourself, or read it aloud; and come back when it does not help."""
    c.wait(pending="rung")
    c.change(state="done")
    c.say("message.send_yourself", worker=_addressee(c))
    c.say("message.come_back", options=(option("next_step"), option("ready")))
