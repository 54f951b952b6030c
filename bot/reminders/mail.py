"""A mail to an officer: numbers, what is due, by when, and a link. In plain text and HTML, and without content."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import jinja2
import msgspec

from bot.desk.afar import Links
from flows import wording
from flows.messages import Arg, Phrase
from flows.scheme import Scheme
from flows.terms import rules_of
from locales import dates, known, text
from storage.reminding import Item, Mail

TEMPLATES = Path(__file__).parent / "templates"


class Line(msgspec.Struct, frozen=True):
    """One case in a mail: its number, what is due there, by when, and where it is opened.

    `done` and `later` are links that work once, each empty where there is none.
    """

    number: str
    what: str
    when: str
    link: str
    done: str = ""
    later: str = ""


def message(
    mail: Mail,
    scheme: Scheme,
    to: str,
    sender: str,
    origin: str,
    now: datetime,
    links: Sequence[Links] = (),
    locale: str = "nl",
) -> EmailMessage:
    """The mail as it is sent. Its subject names a case number at most; its Message-ID is that of the mail.

    `links` are those of its items, in order (`bot.desk.afar.offer`).
    """
    lines = [_line(item, scheme, origin, now.date(), locale) for item in mail.items]
    lines = [_linked(line, one, origin) for line, one in zip(lines, links, strict=True)] if links else lines
    lead = _say("mail.urgent" if mail.kind == "urgent" else "mail.lead", locale)
    foot = _say("mail.foot", locale)
    subject = f"Gehoord {lines[0].number}" if len({line.number for line in lines}) == 1 else "Gehoord"
    made = EmailMessage()
    made["From"], made["To"] = sender, to
    made["Subject"] = (
        subject if mail.kind != "urgent" else _say("mail.subject.urgent", locale, subject=subject)
    )
    made["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    made["Date"] = format_datetime(now)
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    names = {"done": _say("mail.done", locale), "later": _say("mail.later", locale)}
    blocks = ["\n".join(_plain(line, names)) for line in lines]
    made.set_content("\n\n".join([lead, *blocks, foot]) + "\n")
    page = _environment().get_template("mail.html")
    made.add_alternative(
        page.render(lead=lead, lines=lines, names=names, foot=foot, lang=locale, subject=subject),
        subtype="html",
    )
    return made


def _plain(line: Line, names: Mapping[str, str]) -> list[str]:
    acts = [f"{names[act]}: {link}" for act, link in (("done", line.done), ("later", line.later)) if link]
    return [part for part in (line.number, line.what, line.when, line.link, *acts) if part]


def _linked(line: Line, links: Links, origin: str) -> Line:
    done, later = (f"{origin}{path}" if path else "" for path in (links.done, links.later))
    return msgspec.structs.replace(line, done=done, later=later)


def _line(item: Item, scheme: Scheme, origin: str, today: date, locale: str) -> Line:
    link = f"{origin}/bureau/zaak/{item.number}"
    if not item.rung:
        id = f"mail.news.{item.what}"
        return Line(item.number, _say(id if known(id, locale) else "mail.news.other", locale), "", link)
    rule = next((one for one in rules_of(scheme) if one.id == item.what), None)
    what = text(wording.words(rule.label), locale) if rule is not None else item.what
    day = date.fromisoformat(item.date)
    kind = "late" if day < today else "today" if day == today else "soon"
    when = _say(f"mail.due.{kind}", locale, day=dates.day(day, locale))
    return Line(item.number, what, f"{when} {_say('mail.missed', locale)}" if item.missed else when, link)


def _say(id: str, locale: str, **args: Arg) -> str:
    return text(Phrase(id, tuple(args.items())), locale)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
