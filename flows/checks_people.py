"""People: somebody is there for the client, and every way to reach them is real."""

import re

from flows.problems import Path
from flows.scheme import Contact, Hours, Scheme
from flows.sheet import Sheet
from flows.vocabulary import SAYS

_HOST = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?#][^\s<>\"']*)?", re.IGNORECASE
)
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_STREET = re.compile(
    r"\b\w+(?:straat|laan|weg|plein|kade|gracht|dijk|singel|hof|pad|steeg|dreef|baan|ring|park|wal)"
    r"\s+[0-9]+",
    re.IGNORECASE,
)
"""A street with a house number. A postbus or an antwoordnummer is not one."""


def check(scheme: Scheme, sheet: Sheet) -> None:
    """Writes down what is wrong with contacts, confidants and the recipient."""
    if not scheme.human:
        sheet.note("no_human", ("human",), "Nobody is named whom a client can reach.",
                   "Name a contact whom clients can call, mail or visit: `human: [officer]`.")  # fmt: skip
    for id, contact in scheme.contacts.items():
        _contact(sheet, ("contacts", id), contact)
    for path, named in _named(scheme):
        if named not in scheme.contacts:
            sheet.note("unknown_contact", path, f"There is no contact `{named}`.",
                       f"Use one of: {', '.join(scheme.contacts)}.")  # fmt: skip
    _confidants(scheme, sheet)
    _addresses(scheme, sheet)


def _named(scheme: Scheme) -> list[tuple[Path, str]]:
    """Every place that names a contact."""
    places: list[tuple[Path, str | None]] = [(("human", n), id) for n, id in enumerate(scheme.human)]
    places += [(("confidants", n, "contact"), c.contact) for n, c in enumerate(scheme.confidants)]
    for n, rung in enumerate(scheme.ladder):
        places += [(("ladder", n, "contact"), rung.contact), (("ladder", n, "support"), rung.support)]
    places += [(("ways", n, "contact"), way.contact) for n, way in enumerate(scheme.ways)]
    places += [(("facts", n, "contact"), fact.contact) for n, fact in enumerate(scheme.facts)]
    if scheme.recipient:
        places.append((("recipient", "if_nobody"), scheme.recipient.if_nobody))
    if scheme.wzd:
        places.append((("wzd", "contact"), scheme.wzd.contact))
    places.append((("reminders", "if_nobody"), scheme.reminders.if_nobody))
    return [(path, named) for path, named in places if named is not None]


def _contact(sheet: Sheet, path: Path, contact: Contact) -> None:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (20 ms, and `serve` checks nothing)

    if contact.phone is not None and not _valid_phone(contact.phone):
        sheet.note("bad_phone", (*path, "phone"), f"`{contact.phone}` is not a phone number of an organisation.",
                   "Write it as people dial it, such as 088 555 1000.")  # fmt: skip
    if contact.email is not None:
        try:
            validate_email(contact.email, check_deliverability=False)
        except EmailNotValidError:
            sheet.note("bad_email", (*path, "email"), f"`{contact.email}` is not an e-mail address.",
                       "Write it as name@domain.nl.")  # fmt: skip
    for key in ("url", "chat", "form"):
        _url(sheet, (*path, key), getattr(contact, key))
    for place, hours in enumerate(contact.hours):
        check_hours(sheet, (*path, "hours", place), hours)


def _valid_phone(number: str) -> bool:
    """Whether this is a number that exists. ``112`` can be parsed but is no contact of an organisation."""
    import phonenumbers  # noqa: PLC0415 (20 ms, as above)

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "NL"))
    except phonenumbers.NumberParseException:
        return False


def _url(sheet: Sheet, path: Path, url: str | None) -> None:
    if url is not None and not _HOST.fullmatch(url):
        sheet.note("bad_url", path, f"`{url}` is not a plain web address.",
                   "Write it with https:// and without spaces, such as https://www.jeugdstem.nl.")  # fmt: skip


def check_hours(sheet: Sheet, path: Path, hours: Hours) -> None:
    """Writes down hours that cannot be."""
    if not hours.days:
        sheet.note("bad_hours", (*path, "days"), "The hours name no day.", "Write `days: [mo, tu]`.")
    for key, value in (("opens", hours.opens), ("closes", hours.closes)):
        if not _TIME.fullmatch(value):
            sheet.note(
                "bad_hours", (*path, key), f"`{value}` is not a time.", 'Write it as "16:00", in quotes.'
            )
            return
    if hours.closes <= hours.opens:
        sheet.note("bad_hours", (*path, "closes"), f"It closes at {hours.closes}, before it opens at {hours.opens}.",
                   "Write one row for each stretch of a day.")  # fmt: skip


def _confidants(scheme: Scheme, sheet: Sheet) -> None:
    ids = {confidant.id for confidant in scheme.confidants}
    named: set[str] = set()
    for n, location in enumerate(scheme.locations):
        for m, id in enumerate(location.confidants):
            named.add(id)
            if id not in ids:
                _unknown_confidant(sheet, ("locations", n, "confidants", m), id)
    for n, rung in enumerate(scheme.ladder):
        if rung.confidant is not None and rung.confidant not in ids:
            _unknown_confidant(sheet, ("ladder", n, "confidant"), rung.confidant)
    for n, confidant in enumerate(scheme.confidants):
        if not confidant.for_all and confidant.id not in named:
            sheet.note("confidant_never_offered", ("confidants", n), f"`{confidant.id}` is never offered.",
                       "Name them at a location, or write `for_all: true`.")  # fmt: skip
        for m, point in enumerate(confidant.says):
            if point not in SAYS:
                sheet.note("unknown_point", ("confidants", n, "says", m), f"There is no point `{point}`.",
                           f"Use one of: {', '.join(SAYS)}.")  # fmt: skip
    if scheme.youth_care and not any(confidant.outside for confidant in scheme.confidants):
        sheet.note("no_confidant", ("confidants",), "Youth care needs a confidant from outside (Jeugdwet 4.1.9).",
                   "Add Jeugdstem with `outside: true`, and `unconfirmed: true` if the source is silent.")  # fmt: skip


def _unknown_confidant(sheet: Sheet, path: Path, id: str) -> None:
    sheet.note("unknown_confidant", path, f"There is no confidant `{id}`.", "Name one of `confidants`.")


def _addresses(scheme: Scheme, sheet: Sheet) -> None:
    """A shelter is not found by what we say: no street with a house number in any text that people can read."""
    for id, contact in scheme.contacts.items():
        texts = {"post": contact.post or "", **{f"label.{k}": v for k, v in contact.label.items()}}
        for key, text in texts.items():
            _street(sheet, ("contacts", id, *key.split(".")), text)
    for n, location in enumerate(scheme.locations):
        for locale, text in location.label.items():
            _street(sheet, ("locations", n, "label", locale), text)
        for key in ("aliases", "around"):
            for m, text in enumerate(getattr(location, key)):
                _street(sheet, ("locations", n, key, m), text)


def _street(sheet: Sheet, path: Path, text: str) -> None:
    if _STREET.search(text):
        sheet.note("shelter_address", path, "A street with a house number stands here.",
                   "Use a post-office box (Postbus) or the name of the town.")  # fmt: skip
