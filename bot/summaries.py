"""The intake summary: what an officer reads before making the call, on one page.

Everything that was said or asked and nothing else; the client's words stay their words.
"""

from collections.abc import Iterator, Sequence

import msgspec

from flows import wording
from flows.answers import Answer, Value
from flows.calendar.zone import AMSTERDAM
from flows.events import Deadline
from flows.messages import Arg, Names, Phrase, Quote
from flows.scheme import Scheme
from locales import dates, text
from locales.catalogues import known
from storage.records import Dossier, Term

LEFT, RIGHT = 46, 70
"""The widths of two columns: two facts stand on one line where both fit."""

Pair = tuple[str, str]


class Summary(msgspec.Struct, frozen=True):
    """The page in parts: `head` in a line, a line for each running deadline, `facts` as label and value.

    `words` are the client's own, in order. `flags` must not be missed. `later` is what was said after filing.
    """

    head: tuple[str, ...]
    deadlines: tuple[str, ...]
    flags: tuple[str, ...]
    facts: tuple[Pair, ...]
    words: tuple[str, ...]
    later: tuple[Pair, ...] = ()


def summary(dossier: Dossier, scheme: Scheme, locale: str = "nl") -> Summary:
    """The summary of an opened case, in the officer's language."""
    return _Writer(dossier, scheme, locale).write()


class _Writer:
    def __init__(self, dossier: Dossier, scheme: Scheme, locale: str) -> None:
        self._dossier = dossier
        self._intake = dossier.intake
        self._scheme = scheme
        self._locale = locale

    def write(self) -> Summary:
        return Summary(
            head=tuple(self._head()),
            deadlines=tuple(
                self.deadline(term) for term in self._dossier.line.terms if term.state == "running"
            ),
            flags=tuple(self._flags()),
            facts=tuple((self._say(label), value) for label, value in self._facts()),
            words=self._intake.said,
            later=tuple(self._later()),
        )

    def _say(self, id: str, **args: Arg) -> str:
        return text(Phrase(f"office.{id}", tuple(args.items())), self._locale)

    def _head(self) -> Iterator[str]:
        line = self._dossier.line
        received = line.received.astimezone(AMSTERDAM)
        yield line.number
        yield self._say(f"kind.{self._intake.kind}")
        yield self._say(
            "received", day=dates.short(received.date(), self._locale), time=received.strftime("%H:%M")
        )
        yield self._say(f"platform.{self._intake.platform}")
        yield self._say(f"language.{self._intake.locale.partition('@')[0]}")

    def deadline(self, term: Term) -> str:
        """A deadline in a line, with its reason in short."""
        item = term.deadline
        label = wording.term(self._scheme, item.id)
        day = dates.short(wording.day(item.date).date, self._locale)
        return self._say("due", what=label, day=day, why=Names(tuple(self._why(item)), "plain"))

    def _why(self, item: Deadline) -> Iterator[Arg]:
        why = item.why
        yield Phrase(
            f"office.why.{why.basis if why.basis == 'agreed' else why.unit}", (("count", why.count),)
        )
        for on, cause in (*why.skipped, *why.rolled):
            name = f"time.holiday.{cause}"
            if known(name, self._locale):
                day = dates.brief(wording.day(on).date, self._locale)
                yield Phrase("office.why.day", (("day", day), ("holiday", Phrase(name))))

    def _flags(self) -> Iterator[str]:
        for flag in self._intake.flags:
            kind, _, detail = flag.partition(":")
            yield self._say(f"flag.{kind}.{detail}" if detail else f"flag.{kind}")
        if self._dossier.refused:
            yield self._say("refused", names=Names(self._dossier.refused))

    def _facts(self) -> Iterator[Pair]:
        """Label and value, in the order in which an officer needs them."""
        yield "who", self._joined("name", "role", "behalf", "age", sign=" · ")
        yield "reach", self._reach()
        yield "where", self._joined("location", "party")
        yield "when", self._joined("date")
        yield "about", self._joined("subject", "about", sign=" · ")
        yield "wish", self._joined("wish", "points")
        yield "talked", self._joined("talked")
        for field in ("safe", "unreadable_by", "interpreter", "address"):
            if field in self._intake.answers:
                yield field, self._value(field)
        if self._dossier.attachments:
            yield "attachments", str(len(self._dossier.attachments))

    def _joined(self, *fields: str, sign: str = ", ") -> str:
        found = [self._value(field) for field in fields if field in self._intake.answers]
        return sign.join(found) if found else self._absent(fields)

    def _absent(self, fields: Sequence[str]) -> str:
        asked = any(field in self._intake.skipped for field in fields)
        return self._say("not_given" if asked else "not_asked")

    def _value(self, field: str) -> str:
        answer = self._intake.answers[field]
        shown = self._shown(field, answer.value)
        if answer.was is None:
            return shown
        return self._say("improved", value=shown, was=self._shown(field, answer.was))

    def _shown(self, field: str, value: Value) -> str:
        own = f"office.{field}.{value}"
        if isinstance(value, str) and known(own, self._locale):
            return text(Phrase(own), self._locale)
        if field in ("wish", "points", "unreadable_by") and isinstance(value, str):
            return self._say("quoted", words=Quote(value))
        if isinstance(value, tuple) and field == "subject":  # each label is a sentence of its own
            return " · ".join(text(wording.value(self._scheme, field, (one,)), self._locale) for one in value)
        return text(wording.value(self._scheme, field, value), self._locale)

    def _reach(self) -> str:
        found = [self._value(field) for field in ("phone", "email") if self._given(field)]
        if found and "contact_safe" in self._intake.answers:
            found[-1] = f"{found[-1]} ({self._value('contact_safe')})"
        found += [self._value(field) for field in ("contact_how", "contact_when") if self._given(field)]
        return ", ".join(found) if found else self._absent(("phone", "email"))

    def _given(self, field: str) -> bool:
        answer: Answer | None = self._intake.answers.get(field)
        return answer is not None and answer.value not in ("none", "unknown")

    def _later(self) -> Iterator[Pair]:
        for entry in self._dossier.entries:
            on = dates.short(entry.at.astimezone(AMSTERDAM).date(), self._locale)
            what = f"office.entry.{entry.what}"
            kind: Arg = Phrase(what) if known(what, self._locale) else entry.what
            yield self._say("entry", what=kind, day=on), entry.text


def plain(page: Summary, heading: str = "") -> str:
    """The summary as text, two short facts on a line."""
    lines = [" · ".join(page.head), *page.deadlines, *(f"! {flag}" for flag in page.flags), ""]
    lines += _columns(page.facts)
    if page.words:
        lines += ["", heading] if heading else [""]
        lines += [f'  "{line}"' for line in page.words]
    for label, words in page.later:
        lines += ["", label, f'  "{words}"' if words else ""]
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _columns(facts: Sequence[Pair]) -> Iterator[str]:
    width = max((len(label) for label, _ in facts), default=0) + 2
    cells = [f"{label:<{width}}{value}" for label, value in facts]
    at = 0
    while at < len(cells):
        here, after = cells[at], cells[at + 1] if at + 1 < len(cells) else ""
        if after and len(here) < LEFT and len(after) < RIGHT:
            yield f"{here:<{LEFT}}{after}"
            at += 2
        else:
            yield here
            at += 1
