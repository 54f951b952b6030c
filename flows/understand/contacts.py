"""Who a client is and how they can be reached: name, address, phone, e-mail, how, when and whether it is safe.

Each kind has its own module; this one asks them all and reads what is refused. A way that someone has not or will not
give is the value ``none``. Pure; linear in the length of the text.
"""

import re
from functools import cache

from flows.resources import table
from flows.understand import addresses, emails, names, phones, reach
from flows.understand.clauses import Clauses
from flows.understand.findings import Context, Finding
from flows.understand.sayings import Sayings, Words, words
from flows.understand.text import fold

_REFUSABLE = ("phone", "email", "name", "address")


@cache
def _refusals(asked: bool) -> Sayings[str]:
    """The refusals that name what they refuse; with `asked` those that answer a question too."""
    rows = table("understand/words/contact_none.tsv")
    left_out = {"address"} if asked else {"address", "asked", "name"}
    return Sayings((saying, field) for field, _, saying in rows if field not in left_out)


def _refused(text: str, said: Words, context: Context) -> list[Finding]:
    """The ways that the client says they have not or will not give."""
    listed = _refusals(context.asking in _REFUSABLE)
    if not listed.hopeful(said.keys):
        return []
    clauses = Clauses(said.keys)
    found: list[Finding] = []
    for match in listed.find(said.keys):
        fields = ("phone", "email") if match.label == "both" else (match.label,)
        opens = clauses.before(match.first) >= 0
        if match.label == "asked":
            if context.asking not in _REFUSABLE or not opens or clauses.after(match.last) < 0:
                continue
            fields = (context.asking,)
        elif (match.label == "name" and context.asking != "name") or (
            not opens and said.keys[match.first] in _BARE
        ):
            continue
        start, end = said.starts[match.first], said.ends[match.last - 1]
        found += [Finding(field, "none", text[start:end], (start, end)) for field in fields]
    return found


_BARE = frozenset(
    {"geen", "no", "zonder", "telefoon", "tel", "nummer", "mail", "email", "mobiel", "telefoonnummer"}
)
"""Words with which a refusal counts only where a clause begins: "we kregen geen telefoon"."""


_ASKED = frozenset(_REFUSABLE) | frozenset({"contact_how", "contact_when", "contact_safe"})
"""The questions to which words that tell nothing elsewhere are an answer."""
_SHOWN = re.compile(r"[\d@\n]")
"""What shows a number, an address or a name even where no word tells of one."""


@cache
def _telling() -> frozenset[str]:
    """The words without one of which no reader here finds anything, unless it was asked or `_SHOWN`.

    Each reader's own first question, put for all of them at once: most of what is said is not about contact.
    """
    return frozenset().union(
        emails.TELLING,
        phones.TELLING,
        addresses.telling(),
        _refusals(False).telling,
        names.telling(),
        reach.telling(),
    )


def find(text: str, context: Context) -> tuple[Finding, ...]:
    """Everything about contact that this text says, in the order in which it stands.

    Several numbers or addresses are several findings. `note` says whose one is when it is not the client's own
    (``other:moeder``), and why one has no value (``invalid_phone``, ``emergency_number``, ``service_number``, ``bsn``,
    ``invalid_email``) or is asked (``typo``, ``partial``). ``shelter`` with the value ``none``: an address that is not
    to be known.
    """
    folded = fold(text)
    said = words(folded)
    if not said.keys or (
        context.asking not in _ASKED and _telling().isdisjoint(said.keys) and not _SHOWN.search(folded)
    ):
        return ()
    return read(text, folded, said, context)


def read(text: str, folded: str, said: Words, context: Context) -> tuple[Finding, ...]:
    """What `find` finds, whatever the words: each reader reads the whole text."""
    found = emails.find(text, folded, said, context)
    taken = [finding.span for finding in found]
    found += phones.find(text, folded, said, context, taken)
    taken = [finding.span for finding in found]
    found += addresses.find(text, folded, said, context, taken)
    own = {finding.field for finding in found}
    refused = [finding for finding in _refused(text, said, context) if finding.field not in own]
    found += list({finding.field: finding for finding in refused}.values())
    named: list[Finding] = []
    if not any(finding.field == "name" for finding in refused):
        named = names.find(text, said, context, block=bool(found))
        found += named
    if context.asking != "contact_how":
        taken += [finding.span for finding in (*refused, *named)]
    found += reach.find(text, folded, said, context, taken)
    return tuple(sorted(found, key=lambda finding: finding.span))
