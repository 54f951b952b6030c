"""An answer to the question put: read as that field, in the kind it has; never guessed, never a dead end."""

from flows import agenda, asking, fields, hearing
from flows.answers import Answer, How, Value
from flows.composer import Composer, option
from flows.messages import Quote
from flows.understand import picked
from flows.understand.findings import Heard

FEAR = {"yes": "no", "no": "yes", "unknown": "unknown"}
"""The question on safety asks whether they are afraid; the value says whether they feel safe."""

PATIENCE = 2
"""After so many answers that are not understood the question is let go, and the client's words are kept."""


def answer(c: Composer, field: str, heard: Heard, text: str) -> bool:
    """Takes `text` as the answer to `field`; False when it holds none."""
    reply = heard.reply
    if reply is not None and reply.kind == "skip":
        skip(c, field)
        return True
    if field == "unreadable_by" and (chosen := picked(text, len(c.session.offered))) is not None:
        return _unreadable(c, tuple(c.session.offered[number - 1] for number in chosen))
    value, words = _read(c, field, heard, text)
    if value is None:
        return False
    rest = {name for name in heard.findings if name != field}
    if rest:
        hearing.take(c, heard, correcting=heard.correction, but=field)
    hearing.fill(c, field, Answer(value, words, "asked"))
    if field == "age":
        fit_register(c)
    return True


CHILD_UNTIL = 12
"""Up to this age the child register is used where the scheme has it; the age itself is never a condition."""


def fit_register(c: Composer) -> None:
    """A young child is spoken to in the words for children, once their age is known."""
    age = c.value("age")
    if not (isinstance(age, str) and age.isdigit() and int(age) <= CHILD_UNTIL):
        return
    if "kind" in c.scheme.registers and c.session.locale in ("nl", "nl@u"):
        c.change(locale="nl@kind")
        c.say("register.kind")


def _read(c: Composer, field: str, heard: Heard, text: str) -> tuple[Value | None, str]:
    kind = fields.KINDS[field]
    reply = heard.reply.kind if heard.reply else None
    finding = heard.findings.get(field)
    options = fields.choices(c.scheme, field)
    if options and (chosen := picked(text, len(options))) is not None:
        ids = tuple(options[number - 1].id for number in chosen)
        return (ids if kind == "choices" else ids[0], text)
    if kind == "text" and _says_otherwise(heard, field, text):
        return None, ""
    if finding is not None and finding.sure and finding.value is not None:
        return _several(kind, finding.value), finding.words
    if kind == "yes_no" and reply in ("yes", "no", "unknown"):
        return (FEAR[reply] if field == "safe" else reply), text
    if reply in ("unknown", "none") and kind != "text":
        return ("none" if reply == "none" and kind in ("reach", "name") else "unknown"), text
    if reply == "no" and (kind == "reach" or field in ("wish", "contact_when", "unreadable_by")):
        return "none", text
    if kind == "text" or field == "party" or (kind == "choice" and not options):
        return text.strip(), text.strip()
    return None, ""


SAYS_OTHERWISE = ("age", "role", "location", "date", "unreadable_by", "phone", "email", "address")
"""What is heard in an answer to a question in free words, and answers another question when it is all there is."""


def _says_otherwise(heard: Heard, field: str, text: str) -> bool:
    """Whether the text is a bare yes, or an answer to another question and nothing else: no wish, no point."""
    reply = heard.reply
    if reply is not None and reply.kind == "yes" and reply.rest >= len(text):
        return True
    spans = [heard.findings[name].span for name in SAYS_OTHERWISE if name != field and name in heard.findings]
    return any(end - start >= len(text.strip()) - 1 for start, end in spans)


def _several(kind: str, value: Value) -> Value:
    if kind == "choices" and isinstance(value, str):
        return (value,)
    if kind == "choice" and isinstance(value, tuple):
        return value[0]
    return value


def skip(c: Composer, field: str) -> None:
    """Leaves this question out; what a scheme asks for has its consequence said."""
    ask = agenda.ask_of(c.scheme, c.session, field)
    if ask.required == "law" and field == "story":
        c.say("skip.story")
        return
    left = agenda.open_fields(c.scheme, c.session, ask) if field in fields.CONTACT else (field,)
    c.change(skipped=(*c.session.skipped, *left), doubt=None)
    if ask.required == "scheme":
        unreachable = field in fields.CONTACT and c.session.route != "commission" and not _reachable(c)
        c.say("skip.contact" if unreachable else "skip.asked")


def _reachable(c: Composer) -> bool:
    return any(c.value(way) not in (None, "none", "unknown") for way in ("phone", "email", "address"))


def not_understood(c: Composer, field: str, heard: Heard, text: str) -> None:
    """Nothing in the text answers the question: explain once more, then keep the words and go on."""
    asked = agenda.open_fields(c.scheme, c.session, agenda.ask_of(c.scheme, c.session, field))
    if any(hearing.explain(c, heard.findings.get(name)) for name in asked or (field,)):
        asking.put(c, agenda.ask_of(c.scheme, c.session, field))
        return
    finding = heard.findings.get(field)
    if finding is not None and len(finding.candidates) > 1:
        hearing.take(c, heard, correcting=True)
        asking.once_more(c)
        return
    c.change(puzzled=c.session.puzzled + 1)
    if c.session.puzzled < PATIENCE:
        asking.put(c, agenda.ask_of(c.scheme, c.session, field), again=True)
        return
    c.change(skipped=(*c.session.skipped, field), puzzled=0)
    if heard.reply is None and len(text.split()) > 1:
        c.change(said=(*c.session.said, text))
        c.say("kept.words", words=Quote(text[:200]))
    else:
        c.say("skip.asked")


def chosen(c: Composer, field: str, ids: tuple[str, ...]) -> bool:
    """Takes chosen options as the answer to `field`; False when one of them is none of its options."""
    valid = {choice.id for choice in fields.choices(c.scheme, field)}
    if field == "safe":
        valid = set(FEAR)
    if field == "unreadable_by":
        return _unreadable(c, ids)
    if not set(ids) <= valid:
        return False
    value: Value = ids if fields.KINDS[field] == "choices" else ids[0]
    if field == "safe":
        value = FEAR[ids[0]]
    before = c.session.answers.get(field)
    how: How = "corrected" if before is not None else "asked"
    hearing.fill(c, field, Answer(value, ", ".join(ids), how, was=before.value if before else None))
    return True


def _unreadable(c: Composer, ids: tuple[str, ...]) -> bool:
    names = tuple(id.removeprefix("name:") for id in ids if id.startswith("name:"))
    if ids == ("nobody",):
        hearing.fill(c, "unreadable_by", Answer("none", ""))
        return True
    if not names:
        return False
    hearing.fill(c, "unreadable_by", Answer(names, ", ".join(names)))
    return True


def reopen(c: Composer, field: str) -> None:
    """The client wants to change this field: it is asked again, its old value kept until a new one comes."""
    if field == "story":
        c.change(state="asking")
        c.wait(asking="story")
        c.say("change.story", options=(option("review"),))
        return
    c.change(state="asking", skipped=tuple(name for name in c.session.skipped if name != field))
    c.wait(asking=field)
    id, args = asking.wording_of(c, field, (field,))
    options = fields.choices(c.scheme, field)
    if field == "safe":
        options = tuple(option(id) for id in FEAR)
    c.say(id, options=(*options, option("review")), multiple=fields.KINDS[field] == "choices", filled=args)
