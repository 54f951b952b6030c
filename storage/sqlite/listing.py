"""The list that officers work from, kept in order in the same transaction that changes a case."""

import msgspec

from flows.regimes import outlasts
from storage.sqlite.writer import Transaction

NO_TERM = "9999-12-31"
"""The day that stands for "no term runs": it comes after all others."""

FOUND_BY = ("location", "subject")
"""What the list can be narrowed by, besides the terms that run; coded, and nothing where the scheme is small."""


def list_case(tx: Transaction, number: str) -> None:
    """Put a case on the list of everyone it is sealed to, as it stands now; off every list when it is gone.

    A closed case on which a term goes on (`flows.regimes.outlasts`) stands among the open ones until that is met.
    """
    unlist(tx, number)
    row = tx.one("case", number=number)
    if row is None:
        return
    running = [term for term in tx.all("terms", number=number) if term["state"] == "running"]
    due = min((term["date"] for term in running), default=NO_TERM)
    closed = row["closed"] is not None and not any(outlasts(term["id"]) for term in running)
    for officer in dict.fromkeys(msgspec.json.decode(row["sealed_to"], type=list[str])):
        tx.run("list_case", officer=officer, closed=int(closed), due=due,
               received=row["received"], number=number, scheme=row["scheme"], status=row["status"])  # fmt: skip
    coded = msgspec.json.decode(row["coded"], type=dict[str, tuple[str, ...]])
    marks = [(what, id) for what in FOUND_BY for id in coded.get(what, ())]
    for what, id in dict.fromkeys((*marks, *(("term", term["id"]) for term in running))):
        tx.run("find_case_by", number=number, what=what, id=id)


def unlist(tx: Transaction, number: str) -> None:
    """Take a case off every list."""
    tx.run("unlist_case", number=number)
    tx.run("find_case_no_more", number=number)
