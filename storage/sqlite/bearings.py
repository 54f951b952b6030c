"""Who has to do with a case, without a key: of one, or of all on somebody's list at one look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from storage.reminding import Bearings
from storage.sqlite.effects import case_row
from storage.sqlite.engine import Row
from storage.sqlite.writer import Transaction

ASSIGNED, INVOLVED, UNINVOLVED = "assigned:", "involved_declared", "uninvolved_declared"
"""How the desk notes on the timeline to whom a case was given, and what an officer declared."""


def bearings(tx: Transaction, number: str) -> Bearings:
    """Who has to do with a case. Raises `UnknownCase`."""
    case = case_row(tx, number)
    kept_out = {row["officer"] for row in tx.all("kept_out", number=number)}
    staff = tx.all("officers", scheme=case["scheme"]) if kept_out else ()
    return _borne(case, tx.all("whose", number=number), kept_out, staff)


def several(tx: Transaction, numbers: Sequence[str]) -> dict[str, Bearings]:
    """The same of each of these cases that is there, in four queries however many there are."""
    asked: list[dict[str, object]] = [{"number": number} for number in numbers]
    cases, notes, refused = (tx.each(name, asked) for name in ("case", "whose", "kept_out"))
    staff = {
        scheme: tx.all("officers", scheme=scheme)
        for scheme in {rows[0]["scheme"] for at, rows in enumerate(cases) if rows and refused[at]}
    }
    return {
        rows[0]["number"]: _borne(
            rows[0], notes[at], {row["officer"] for row in refused[at]}, staff.get(rows[0]["scheme"], ())
        )
        for at, rows in enumerate(cases)
        if rows
    }


def listed(tx: Transaction, scheme: str, officer: str, *, closed: bool) -> dict[str, Bearings]:
    """The same of every case on an officer's list, in four queries however many there are."""
    whose = {"scheme": scheme, "officer": officer, "closed": int(closed)}
    notes = _by_number(tx.all("worklist_notes", **whose))
    kept_out = _by_number(tx.all("worklist_kept_out", **whose))
    staff = tx.all("officers", scheme=scheme) if kept_out else ()
    return {
        case["number"]: _borne(
            case, notes[case["number"]], {row["officer"] for row in kept_out[case["number"]]}, staff
        )
        for case in tx.all("worklist_cases", **whose)
    }


def _by_number(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["number"]].append(row)
    return found


def _borne(case: Row, notes: Sequence[Row], kept_out: set[str], staff: Sequence[Row]) -> Bearings:
    """From a case, what was noted on it (what, by) in order, whom the client refused, and all officers."""
    out, declared, handler = set(kept_out), [], None
    for row in notes:
        if row["what"] == INVOLVED:
            out.add(row["by"])
        elif row["what"] == UNINVOLVED:
            declared.append(row["by"])
        elif row["what"].startswith(ASSIGNED):
            handler = row["what"].removeprefix(ASSIGNED)
    coded = msgspec.json.decode(case["coded"], type=dict[str, tuple[str, ...]])
    readers = msgspec.json.decode(case["sealed_to"], type=tuple[str, ...])
    if kept_out:
        for row in staff:
            if row["since"] > case["received"] and row["id"] not in readers:
                out.add(row["id"])
    return Bearings(
        number=case["number"],
        scheme=case["scheme"],
        readers=readers,
        out=frozenset(out - {""}),
        handler=handler,
        declared=tuple(dict.fromkeys(declared)),
        location=next(iter(coded.get("location", ())), None),
    )
