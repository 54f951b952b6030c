"""Cards: what was understood ("Klopt het?") and what will be sent, each line with its own way to change it."""

from flows import wording
from flows.answers import FIELDS
from flows.composer import Composer, option
from flows.fields import applies
from flows.messages import Option, Phrase, Quote, Row

UNSHOWN = frozenset({"register", "language"})


def show_understood(c: Composer) -> bool:
    """What was read from the client's own words, to be confirmed; False when nothing was."""
    unconfirmed = [field for field, answer in c.session.answers.items() if not answer.confirmed]
    if not unconfirmed:
        return False
    rows = tuple(_row(c, field) for field in FIELDS if field in unconfirmed)
    c.wait(pending="understood")
    c.change(state="asking")
    c.say("understood", rows=rows)
    c.say("understood.right", options=(option("yes"), option("other", Phrase("option.something_else"))))
    return True


def _row(c: Composer, field: str) -> Row:
    answer = c.session.answers[field]
    said = answer.words if answer.how == "understood" and answer.words else ""
    return Row(field, wording.answer(c.scheme, field, answer), said)


def rows(c: Composer, *, change: bool) -> tuple[Row, ...]:
    """Every line of the check card, the story first; what was asked and not answered says so."""
    found: list[Row] = []
    if c.session.said:
        found.append(Row("story", Quote("\n".join(c.session.said))))
    for field in FIELDS:
        if field == "story" or field in UNSHOWN:
            continue
        if field in c.session.answers and applies(c.scheme, field, c.session.answers):
            found.append(Row(field, wording.answer(c.scheme, field, c.session.answers[field])))
        elif field in c.session.skipped and change:
            found.append(Row(field, Phrase("value.skipped")))
    for number, _ref in enumerate(c.session.attachments, 1):
        found.append(Row("attachment", Phrase("value.attachment", (("number", number),))))
    return tuple(found)


def show_check(c: Composer) -> None:
    """The check card: read it quietly, change any line."""
    lines = rows(c, change=True)
    changes = tuple(
        Option(f"change:{row.field}", Phrase("option.change", (("field", Phrase(f"field.{row.field}")),)))
        for row in lines
        if row.field != "attachment"
    )
    c.say("check.read", rows=lines, options=changes)


def ask_what_else(c: Composer) -> None:
    """Something of what was understood is not right: which?"""
    unconfirmed = [field for field in FIELDS if field in c.session.answers and field not in UNSHOWN]
    options = tuple(
        Option(f"change:{field}", Phrase(f"field.{field}")) for field in unconfirmed if field != "story"
    )
    c.wait(pending="understood")
    c.say("understood.what", options=options)
