"""A mail to an officer: numbers, what is due, by when, and a link. In plain text and HTML, and without content."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import jinja2
import msgspec

from bot.desk.afar import Links
from flows import periodic, wording
from flows.messages import Arg, Phrase
from flows.scheme import Scheme
from locales import dates, known, text
from storage.duties import start_of
from storage.reminding import Item, Mail

TEMPLATES = Path(__file__).parent / "templates"


class Line(msgspec.Struct, frozen=True):
    """One case in a mail: its number, what is due there, by when, and where it is opened.

    A duty of the organisation has the period in place of the number.

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
    lines = lines_of(mail, scheme, origin, now.date(), locale)
    lines = [_linked(line, one, origin) for line, one in zip(lines, links, strict=True)] if links else lines
    lead = _say("mail.urgent" if mail.kind == "urgent" else "mail.lead", locale)
    foot = _say("mail.foot", locale)
    subject = f"Gehoord {lines[0].number}" if len({line.number for line in lines}) == 1 else "Gehoord"
    if mail.kind == "urgent":
        subject = _say("mail.subject.urgent", locale, subject=subject)
    names = {"done": _say("mail.done", locale), "later": _say("mail.later", locale)}
    blocks = ["\n".join(_plain(line, names)) for line in lines]
    plain = "\n\n".join([lead, *blocks, foot]) + "\n"
    made = dressed("mail.html", subject, to, sender, now, locale, plain, lead=lead, lines=lines, names=names,
                   read=_say("mail.read", locale), foot=foot)  # fmt: skip
    made["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    return made


def dressed(
    template: str, subject: str, to: str, sender: str, now: datetime, locale: str, plain: str, **names: object
) -> EmailMessage:
    """A mail from us, in plain text and as a template shows it, which no program answers by itself."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = format_datetime(now)
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(plain)
    page = _environment().get_template(template)
    made.add_alternative(page.render(lang=locale, subject=subject, **names), subtype="html")
    return made


def lines_of(mail: Mail, scheme: Scheme, origin: str, today: date, locale: str) -> list[Line]:
    """Its items in words, in order."""
    return [_line(item, scheme, origin, today, locale) for item in mail.items]


def _plain(line: Line, names: Mapping[str, str]) -> list[str]:
    acts = [f"{names[act]}: {link}" for act, link in (("done", line.done), ("later", line.later)) if link]
    return [part for part in (line.number, line.what, line.when, line.link, *acts) if part]


def _linked(line: Line, links: Links, origin: str) -> Line:
    done, later = (f"{origin}{path}" if path else "" for path in (links.done, links.later))
    return msgspec.structs.replace(line, done=done, later=later)


def _line(item: Item, scheme: Scheme, origin: str, today: date, locale: str) -> Line:
    period = start_of(item.number)  # of the organisation, and of no case
    number = item.number if period is None else periodic.period(period)
    link = f"{origin}/bureau/zaak/{number}" if period is None else f"{origin}/bureau"
    if not item.rung:
        id = f"mail.news.{item.what}"
        return Line(number, _say(id if known(id, locale) else "mail.news.other", locale), "", link)
    what = text(wording.term(scheme, item.what), locale)
    day = date.fromisoformat(item.date)
    kind = "late" if day < today else "today" if day == today else "soon"
    when = _say(f"mail.due.{kind}", locale, day=dates.day(day, locale))
    return Line(number, what, f"{when} {_say('mail.missed', locale)}" if item.missed else when, link)


def _say(id: str, locale: str, **args: Arg) -> str:
    return text(Phrase(id, tuple(args.items())), locale)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
