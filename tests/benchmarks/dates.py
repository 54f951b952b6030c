"""How well dates are read: ``python -m tests.benchmarks.dates [public|dev|frozen …] [--errors]``.

Prints for each part and language how many are right, wrong and asked, beside dateparser, duckling and chrono on the
same cases in the same run, then our own by difficulty, and how long a story and an answer take. Right: each end
within the tolerance that the case names; a falsely exact day is wrong; of what cannot be known, nothing may be said.

The others are optional: ``pip install dateparser pyduckling-native-phihos``; chrono is fetched with npm into a
temporary folder. One that is not there is named as absent. Each is used at its best for this purpose: the
language given, the past preferred, its widest grain taken as a span, its first result taken.
"""

import importlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.understand.dates import event, find
from flows.understand.dates_calendar import Span, month_span, week_of, year_span
from tests.understand.dates_corpus import Case, answer, cases, context, judge

Answers = list[Span | None]
STORY = (
    "Ik woon sinds maart in de opvang in Haarlem. Vorige week dinsdag lachte een medewerker mij uit waar iedereen bij "
    "was. Ik heb al drie keer gevraagd of iemand mij kan helpen met het formulier voor de gemeente, maar niemand belt "
    "mij terug. Mijn dochter zit op zwemles en daar moet ik haar zelf heen brengen, want de begeleider komt altijd te "
    "laat. Ik vind dat niet eerlijk. Ik wil graag dat er iemand naar mij luistert en dat de afspraken die we hebben "
    "gemaakt ook echt op papier komen te staan zodat ik weet waar ik aan toe ben"
)
ANSWER = "ja maar het was maandag"

_CHRONO = """
const chrono = require('chrono-node');
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const out = cases.map(one => {
  const parser = chrono[one.locale] || chrono.en;
  const found = parser.parse(one.words, new Date(one.now), { forwardDate: false })[0];
  if (!found) return null;
  const part = p => ({ y: p.get('year'), m: p.get('month'), d: p.get('day'),
    sureDay: p.isCertain('day') || p.isCertain('weekday'), sureMonth: p.isCertain('month') });
  return { start: part(found.start), end: found.end ? part(found.end) : null };
});
console.log(JSON.stringify(out));
"""


def ours(some: Sequence[Case]) -> Answers:
    """Our own grammar."""
    return [answer(case) for case in some]


def dateparser(some: Sequence[Case]) -> Answers:
    """dateparser's search, then its parser on the whole text; always one day."""
    whole, search = importlib.import_module("dateparser"), importlib.import_module("dateparser.search")
    given: Answers = []
    for case in some:
        settings = {"RELATIVE_BASE": case.now.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = whole.parse(case.words, languages=[case.locale], settings=settings)
            if parsed is None:
                hits = search.search_dates(case.words, languages=[case.locale], settings=settings)
                parsed = hits[0][1] if hits else None
        given.append(None if parsed is None else (parsed.date(), parsed.date()))
    return given


def duckling(some: Sequence[Case]) -> Answers:
    """duckling's time dimension: the last value that is not to come, as wide as its grain."""
    native = importlib.import_module("duckling")
    zones = native.load_time_zones("/usr/share/zoneinfo")
    given: Answers = []
    for case in some:
        moment = native.parse_ref_time(zones, "Europe/Amsterdam", int(case.now.timestamp()))
        language = native.parse_lang(case.locale.upper())
        asked = native.Context(
            moment, native.parse_locale(case.locale.upper(), native.default_locale_lang(language))
        )
        found = native.parse(case.words, asked, native.parse_dimensions(["time"]), False)
        given.append(_of_duckling(found[0]["value"], case.now.date()) if found else None)
    return given


def _of_duckling(value: dict[str, object], today: date) -> Span | None:
    options = [_span(one) for one in [value, *value.get("values", [])]]  # type: ignore[misc]
    past = [span for span in options if span is not None and span[0] <= today]
    return max(past, default=next((span for span in options if span is not None), None))


def _span(value: dict[str, object]) -> Span | None:
    if value.get("type") == "interval":
        begin, end = value.get("from"), value.get("to")
        if not isinstance(begin, dict) or not isinstance(end, dict):
            return None
        first, last = datetime.fromisoformat(begin["value"]), datetime.fromisoformat(end["value"])
        return first.date(), max(first.date(), (last - timedelta(seconds=1)).date())
    if "value" not in value:
        return None
    day = datetime.fromisoformat(str(value["value"])).date()
    match value.get("grain"):
        case "week":
            return week_of(day)
        case "month":
            return month_span(day.year, day.month)
        case "year":
            return year_span(day.year)
        case _:
            return day, day


def chrono(some: Sequence[Case]) -> Answers:
    """chrono-node, past shift by us: what it puts in the future is taken a year (or a week) earlier."""
    folder = Path(tempfile.gettempdir()) / "gehoord-benchmark-chrono"
    if not (folder / "node_modules" / "chrono-node").exists():
        folder.mkdir(exist_ok=True)
        npm = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "chrono-node"]
        subprocess.run(npm, check=True, capture_output=True, timeout=180)
    asked = [{"words": case.words, "now": case.now.isoformat(), "locale": case.locale} for case in some]
    done = subprocess.run(
        ["node", "-e", _CHRONO],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        timeout=120,
    )
    return [
        None if one is None else _of_chrono(one, case.now.date())
        for one, case in zip(json.loads(done.stdout), some, strict=True)
    ]


def _of_chrono(found: dict[str, dict[str, int]], today: date) -> Span | None:
    start, end = found["start"], found["end"] or found["start"]
    try:
        first, last = (date(part["y"], part["m"], part["d"]) for part in (start, end))
    except ValueError:
        return None
    if not start["sureDay"] and start["sureMonth"]:
        first, last = month_span(start["y"], start["m"])
    if first > today and first.year > 1:
        try:
            first, last = first.replace(year=first.year - 1), last.replace(year=last.year - 1)
        except ValueError:
            return None
    return (first, last) if first <= last else None


READERS: dict[str, Callable[[Sequence[Case]], Answers]] = {
    "gehoord": ours, "dateparser": dateparser, "duckling": duckling, "chrono": chrono,
}  # fmt: skip


def _asked(reader: str, some: Sequence[Case]) -> Answers | str:
    try:
        return READERS[reader](some)
    except (ImportError, OSError, subprocess.SubprocessError) as problem:
        return f"absent ({type(problem).__name__}: {str(problem)[:60]})"


def _row(name: str, verdicts: Counter[str]) -> str:
    total = verdicts.total()
    spoken = verdicts["right"] + verdicts["wrong"]
    return (
        f"  {name:<24}{total:>5}{verdicts['right']:>7}{verdicts['wrong']:>7}{verdicts['asked']:>7}"
        f"{verdicts['right'] / total:>9.1%}{verdicts['right'] / spoken if spoken else 0:>11.1%}"
    )


def table(part: str, errors: bool) -> None:
    """Prints one part: every reader by language, then ours by difficulty."""
    some = cases(part)
    print(f"\n{part}: {len(some)} dates")
    print(f"  {'':<29}{'right':>7}{'wrong':>7}{'asked':>7}{'recall':>9}{'precision':>11}")
    for reader in READERS:
        given = _asked(reader, some)
        if isinstance(given, str):
            print(f"  {reader:<24}{given}")
            continue
        judged = [(case, judge(case, span)) for case, span in zip(some, given, strict=True)]
        for language in dict.fromkeys(case.locale for case in some):
            print(
                _row(
                    f"{reader} {language}",
                    Counter(verdict for case, verdict in judged if case.locale == language),
                )
            )
        if reader == "gehoord":
            ours_judged = judged
            if errors:
                for (case, verdict), span in zip(judged, given, strict=True):
                    if verdict != "right":
                        print(f"    {verdict}: {case.words} ({case.locale}), meant {case.span}, given {span}")
    print("  gehoord by difficulty")
    for difficulty in dict.fromkeys(case.difficulty for case in some):
        print(
            _row(
                f"  {difficulty}",
                Counter(verdict for case, verdict in ours_judged if case.difficulty == difficulty),
            )
        )


def timings() -> None:
    """Prints the median time of a story of a hundred words and of an answer of five."""
    for name, text in (("story of 100 words", STORY), ("answer of five words", ANSWER)):
        asked = context()
        spent = []
        for _ in range(500):
            begin = time.perf_counter()
            event(find(text, asked), text)
            spent.append(time.perf_counter() - begin)
        print(f"{name}: median {statistics.median(spent) * 1e6:.0f} µs")


def main() -> None:
    """Prints every part that was named, or all."""
    parts = [word for word in sys.argv[1:] if not word.startswith("--")] or ["public", "dev", "frozen"]
    for part in parts:
        table(part, "--errors" in sys.argv)
    print()
    timings()


if __name__ == "__main__":
    main()
