"""E-mail addresses as people type them, with likely typing errors asked about and never corrected silently.

The rules:

1. An address that `email_validator` accepts and whose domain is a known provider's, or like none of them, is sure.
2. A domain one slip away from a common provider's, an ending that does not exist, spaces, a comma for a dot, or an
   address that is spoken ("jan at gmail punt com") is asked: the likely address first, what was typed second.
3. An address of the organisation is not the client's and is left out.

Pure; linear in the length of the text. `email_validator` is imported when there is an address to judge.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache

from rapidfuzz.distance import OSA

from flows.once import per_scheme
from flows.resources import table
from flows.scheme import Scheme
from flows.understand.findings import Context, Finding
from flows.understand.sayings import Words
from flows.understand.whose import around, whose

Span = tuple[int, int]

_LOCAL = re.compile(r"[\w.+\-'&%/=]{1,64}(?P<gap> ?)\Z")
_DOMAIN = re.compile(r"(?P<gap> ?)[\w\-]+(?:(?: ?[.,] ?|[.,]+)[\w\-]+)*", re.ASCII)
_MOST = 8
_LONGEST = 254
_SPOKEN_AT = re.compile(
    r"\s?[(\[]\s?(?:at|apenstaartje)\s?[)\]]\s?"
    r"| (?:at|apenstaartje|apestaartje|apenstaart|apestaart|aapje|malpa|собака) "
)
_SPOKEN_DOT = re.compile(r"\s?[(\[]\s?(?:dot|punt)\s?[)\]]\s?|\s(?:punt|dot|point|nokta|kropka|точка)\s")


@cache
def _listed(kind: str) -> tuple[str, ...]:
    return tuple(
        domain
        for row in table("understand/words/contact_mail.tsv")
        if row[0] == kind
        for domain in row[1].split()
    )


@cache
def _providers() -> frozenset[str]:
    return frozenset(_listed("provider"))


@cache
def _endings() -> dict[str, str]:
    rows = table("understand/words/contact_mail.tsv")
    return {wrong: right for kind, listed in rows if kind == "ending" for wrong, right in [listed.split()]}


@cache
def _slips() -> dict[str, str]:
    """Domains that exist and that no one has an address at, with what was meant."""
    rows = table("understand/words/contact_mail.tsv")
    return {wrong: right for kind, listed in rows if kind == "slip" for wrong, right in [listed.split()]}


def _valid(address: str) -> str | None:
    """The address in its normal form (small letters in the domain), or None when it cannot be one."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 25 ms, only with an address

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _likely_domain(domain: str) -> str:
    """The domain that was meant: `domain` itself unless it is a slip away from what it must have been."""
    domain = re.sub(r"[.,]+", ".", domain.replace(" ", "")).strip(".").lower()
    domain = _slips().get(domain, domain)
    if domain in _providers():
        return domain
    if "." not in domain:
        for known in _listed("common"):
            if domain in (known.replace(".", ""), known.split(".")[0]):
                return known
        near = _near(domain, {known.replace(".", ""): known for known in _listed("common")})
        if near is not None:
            return near
        for ending in ("com", "nl", "net", "org"):
            if domain.endswith(ending) and len(domain) > len(ending) + 2:
                return f"{domain.removesuffix(ending)}.{ending}"
        return domain
    name, _, ending = domain.rpartition(".")
    ending = _endings().get(ending, ending)
    if f"{name}.{ending}" in _providers():
        return f"{name}.{ending}"
    near = _near(domain, {known: known for known in _listed("common")})
    return near if near is not None else f"{name}.{ending}"


def _near(domain: str, known: dict[str, str]) -> str | None:
    """The common provider that is one slip away (two where the name is long), if there is one."""
    best = min(((OSA.distance(domain, written), written) for written in known), default=(99, ""))
    far, written = best
    if far == 0 or (far == 1 and len(written) > 5) or (far == 2 and len(written) > 8):
        return known[written]
    return None


def _finding(text: str, span: Span, local: str, domain: str, note: str | None, slip: bool) -> Finding | None:
    """The address at `span`, read as `local` @ `domain`; `slip`: it was not typed as an address is."""
    start, end = span
    typed = text[start:end].strip()
    likely_local = re.sub(r"\.{2,}", ".", local).strip(".")
    likely = _valid(f"{likely_local}@{_likely_domain(domain)}") if likely_local else None
    exact = None if slip else _valid(typed)
    if exact is not None and (likely is None or likely == exact):
        if "." not in domain:
            return None
        return Finding("email", exact, typed, span, note=note)
    if likely is None or "." not in likely.rpartition("@")[2]:
        return Finding("email", None, typed, span, sure=False, note="invalid_email")
    return Finding("email", likely, typed, span, sure=False, candidates=(likely, typed), note="typo")


@per_scheme
def _own(scheme: Scheme) -> frozenset[str]:
    """The organisation's own addresses."""
    return frozenset(contact.email.lower() for contact in scheme.contacts.values() if contact.email)


def _written(text: str, said: Words, context: Context) -> list[Finding]:
    """The addresses around every @ of the text."""
    found: list[Finding] = []
    own = _own(context.scheme)
    at = text.find("@")
    behind = 0
    while at >= 0 and len(found) < _MOST:
        last = at
        while text.startswith("@", last + 1) and last - at < 3:
            last += 1
        local = _LOCAL.search(text, max(behind, at - 66), at)
        domain = _DOMAIN.match(text, last + 1, last + 1 + _LONGEST)
        if local and domain:
            start, end = local.start(), _cut(text, domain)
            typed_local, typed_domain = local.group().strip(), text[last + 1 : end]
            slip = last > at or bool(local["gap"]) or bool(re.search(r"[ ,]", typed_domain))
            lead = len(typed_local) - len(typed_local.lstrip(".'/=&%-"))
            start += lead
            before, after = bisect_right(said.ends, start), bisect_left(said.starts, end)
            note = whose(said.keys[max(0, before - 7) : before], said.keys[after : after + 7])
            loose = slip and "." not in typed_domain and "," not in typed_domain and context.asking != "email"
            finding = (
                None if loose else _finding(text, (start, end), typed_local[lead:], typed_domain, note, slip)
            )
            if finding is not None and str(finding.value).lower() not in own:
                found.append(_joined(text, finding) if context.asking == "email" else finding)
            behind = end
        at = text.find("@", max(last + 1, behind))
    return found


_FREE = re.compile(r"\s*((?:[a-z]+[ .]+){1,3})\Z", re.IGNORECASE)


def _joined(text: str, finding: Finding) -> Finding:
    """The finding, asked when words stand before it that may belong to it: "jan de wit@gmail.com"."""
    before = _FREE.fullmatch(text, 0, finding.span[0])
    if before is None or not isinstance(finding.value, str) or finding.note is not None:
        return finding
    parts = before.group().lower().split()
    if not around("mailwords").isdisjoint(parts):
        return finding
    start = before.start(1)
    joined = f"{''.join(parts)}{finding.value}"
    typed = text[start : finding.span[1]]
    return Finding(
        "email",
        joined,
        typed,
        (start, finding.span[1]),
        sure=False,
        candidates=(joined, finding.value),
        note="typo",
    )


def _cut(text: str, domain: re.Match[str]) -> int:
    """Where the domain ends: before a word that begins a sentence after a full stop or a comma with a space."""
    for part in re.finditer(r" ?[.,]+ ?", domain.group()):
        whole = domain.group()[: part.start()].strip().lower()
        tail = re.match(r"[\w\-]+", domain.group()[part.end() :])
        apart = tail and (" " in part.group() or (whole in _providers() and len(tail.group()) > 3))
        if tail and apart and tail.group().lower() not in _SPACED and tail.group().lower() not in _endings():
            return domain.start() + part.start()
    return domain.end()


_SPACED = frozenset({"com", "nl", "net", "org", "be", "de", "pl", "eu", "uk", "fr"})


_SPOKEN_LOCAL = re.compile(
    r"[\w.+\-]+(?: (?:punt|dot|streepje|underscore|laag streepje|liggend streepje|min) [\w.+\-]+)*\Z"
)
_SPOKEN_DOMAIN = re.compile(
    r" ?[\w\-]+(?:\s?(?:[(\[]\s?(?:dot|punt)\s?[)\]]|\.|,)\s?[\w\-]+|\s(?:punt|dot|point|nokta|kropka|точка)\s[\w\-]+)*"
)


def _unspoken(local: str) -> str:
    """The part before the @ with its marks written: "jan punt de streepje wit" is ``jan.de-wit``."""
    local = re.sub(r" (?:laag|liggend) streepje | underscore ", "_", local)
    return re.sub(r" (?:punt|dot) ", ".", re.sub(r" (?:streepje|min) ", "-", local))


def _spoken(text: str, folded: str, *, asked: bool) -> Finding | None:
    """An address that is said in words: "jan at gmail punt com"."""
    for match in _SPOKEN_AT.finditer(folded):
        local = _SPOKEN_LOCAL.search(folded, max(0, match.start() - 60), match.start())
        domain = _SPOKEN_DOMAIN.match(folded, match.end(), match.end() + 80)
        if not local or not domain:
            continue
        host = re.sub(r"\s", "", _SPOKEN_DOT.sub(".", domain.group()))
        likely = _likely_domain(host)
        if (
            "." not in likely
            or ("." not in host and not asked)
            or (likely not in _providers() and "." not in host)
        ):
            continue
        start, end = local.start(), domain.end()
        value = _valid(f"{_unspoken(local.group())}@{likely}")
        if value is not None:
            typed = text[start:end]
            return Finding(
                "email", value, typed, (start, end), sure=False, candidates=(value, typed), note="typo"
            )
    return None


_WHOLE = re.compile(
    r"\s*(?P<typed>[\w.+\-]{1,64}?(?P<domain>(?:gmail|hotmail|outlook|live|ziggo|kpnmail|icloud|yahoo)[.,]?(?:com|nl)))\s*",
    re.ASCII,
)


def _without_at(text: str, context: Context) -> Finding | None:
    """What was typed for an address but has no @: asked when an e-mail address was the question."""
    match = _WHOLE.fullmatch(text) if context.asking == "email" and len(text) < _LONGEST else None
    if match is None:
        return None
    local = match["typed"].removesuffix(match["domain"]).rstrip(".")
    local = local.removesuffix("at") if len(local) > 4 else local
    value = _valid(f"{local}@{_likely_domain(match['domain'])}") if local else None
    if value is None:
        return None
    typed = match["typed"]
    return Finding(
        "email", value, typed, match.span("typed"), sure=False, candidates=(value, typed), note="typo"
    )


def find(text: str, folded: str, said: Words, context: Context) -> list[Finding]:
    """The e-mail addresses in this text."""
    if "@" in text:
        return _written(text, said, context)
    if not TELLING.isdisjoint(said.keys):
        spoken = _spoken(text, folded, asked=context.asking == "email")
        if spoken is not None:
            return [spoken]
    lone = _without_at(text, context)
    return [lone] if lone else []


TELLING = frozenset(
    {"at", "apenstaartje", "apestaartje", "apenstaart", "apestaart", "aapje", "malpa", "собака"}
)
"""Words of which one stands in every address that is spoken."""
