"""Everything sent that is not text has an answer (law 9): what is kept, and what can be done next."""

from flows import agenda, asking, filing, greeting
from flows.answers import Answer
from flows.composer import Composer, option
from flows.events import Sent


def sent(c: Composer, event: Sent) -> None:
    """Answers a photo, voice message, sticker, location … and keeps what this platform can keep."""
    if event.ref is not None and event.kind in c.platform.keeps:
        _keep(c, event)
        return
    c.say(f"sent.{event.kind}")
    _go_on(c)


def _keep(c: Composer, event: Sent) -> None:
    assert event.ref is not None
    c.change(attachments=(*c.session.attachments, event.ref))
    if event.kind == "voice" and "story" not in c.session.answers:
        _tell_by_voice(c)
        return
    if event.kind == "voice":
        c.say("kept.voice")
    elif event.kind == "photo":
        c.say("kept.photo.stripped" if event.removed else "kept.photo")
    else:
        c.say("kept.document")
    if c.session.route is None:
        c.change(route="complaint")
    _go_on(c)


def _tell_by_voice(c: Composer) -> None:
    """A voice is a story: a few typed words are asked beside it, and not demanded."""
    c.session = agenda.with_answer(c.session, "story", Answer("voice", "", "asked"))
    c.change(state="asking", route=c.session.route or "complaint")
    c.wait(asking="story")
    c.say("kept.voice", options=(option("resume"),))


def _go_on(c: Composer) -> None:
    """The question that stood is put again, so nobody is left without a next step."""
    if c.session.state == "checking":
        c.say(
            f"check.again.{filing.kind_of(c)}", options=(option("send"), option("not_yet"), option("review"))
        )
    elif c.session.asking is not None or c.session.doubt is not None:
        asking.once_more(c)
    elif c.session.state == "opening":
        greeting.again(c)
    else:
        c.say("go_on", options=(option("resume"), option("human")))
