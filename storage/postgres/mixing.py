"""Lines on PostgreSQL, so that their rows say nothing of which was written when, but since the last hour.

Every row carries the number of the transaction that wrote it, and a long value the next number of a counter; older
versions stay where they were written. So once an hour, if anything was written, both tables are written anew as a
whole: in one transaction, in the order of their chance numbers, into new files; the old files go. What stays is the
log, in which every change has its place, and its archives (docs/security.md).

An empty table is what a transaction would see that began to look before and reads the table after, so who looks at
more than one thing locks the tables first (`READING`).
"""

from storage.postgres.transaction import PostgresTransaction

READING = "LOCK TABLE lines, line_pages IN ACCESS SHARE MODE"
"""What a transaction begins with that reads much, before it sees anything."""

PATIENTLY = "SET LOCAL lock_timeout = '500ms'"
"""What mixing begins with: while somebody reads for long, as a backup does, it is left to the next hour."""

TABLES = ("lines", "line_pages")


def mix(tx: PostgresTransaction) -> bool:
    """Write both tables anew, if anything was written in them since that was done; returns whether it was."""
    tx.run("lock_lines")
    row = tx.one("written_since")
    written = row is not None and bool(row["written"])
    if written:
        for table in TABLES:
            for what in ("hold", "clear", "lay"):
                tx.tell(f"{what}_{table}")
        tx.tell("mixed")
    return written
