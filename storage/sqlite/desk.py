"""What officers work from: the list of their cases by term, and what the desk keeps for itself."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import assert_never, get_args

import msgspec

from storage.records import Pile, Worklist
from storage.reminding import Bearings
from storage.sqlite.bearings import listed
from storage.sqlite.cases import lines_at
from storage.sqlite.drawers import lay_in, opened
from storage.sqlite.effects import case_row
from storage.sqlite.engine import Part, seconds
from storage.sqlite.listing import NO_TERM
from storage.sqlite.writer import Transaction

PILES: tuple[Pile, ...] = get_args(Pile)
_ALL = 10**9
"""More cases than anybody has on a list."""


class DeskPart(Part):
    """`storage.store.Desk` on SQLite."""

    async def worklist(
        self,
        scheme: str,
        officer: str,
        *,
        today: str,
        soon: str,
        pile: Pile = "all",
        status: str | None = None,
        location: str | None = None,
        subject: str | None = None,
        term: str | None = None,
        closed: bool = False,
        whose: Callable[[Bearings], bool] | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Worklist:
        """A page of the cases that are sealed to this officer, by their next term."""
        wanted: dict[str, object] = {
            "scheme": scheme, "officer": officer, "status": status, "location": location, "subject": subject,
            "term": term, "closed": int(closed),
        }  # fmt: skip

        def page(tx: Transaction, pile: Pile, limit: int, offset: int) -> list[str]:
            first, last, begun = _between(pile, today, soon)
            rows = tx.all("worklist_page", **wanted, first=first, last=last, begun=begun, limit=limit,
                          offset=offset)  # fmt: skip
            return [row["number"] for row in rows]

        def find(tx: Transaction) -> Worklist:
            if whose is None:
                counts = tx.one("worklist_piles", **wanted, today=today, soon=soon)
                assert counts is not None
                return _worklist(tx, page(tx, pile, limit, offset), {name: counts[name] for name in PILES})
            held = {
                number for number, one in listed(tx, scheme, officer, closed=closed).items() if whose(one)
            }
            piles = {name: [one for one in page(tx, name, _ALL, 0) if one in held] for name in PILES}
            shown = piles[pile][offset : offset + limit]
            return _worklist(tx, shown, {name: len(found) for name, found in piles.items()})

        return await self._engine.scan(find)

    async def can_open(self, number: str, officer: str) -> bool:
        """Whether the case is sealed to this officer."""
        row = await self._engine.ask(lambda tx: case_row(tx, number))
        return officer in msgspec.json.decode(row["sealed_to"], type=list[str])

    async def lay(self, kind: str, id: str, body: bytes, *, until: datetime | None = None) -> None:
        """Put something of the desk's own in its drawer, in place of what lay there."""
        engine = self._engine

        def laying(tx: Transaction) -> None:
            lay_in(engine, tx, kind, id, body, seconds(until) if until else None)

        await engine.write(laying)

    async def lay_once(self, kind: str, id: str, *, until: datetime | None, now: datetime) -> bool:
        """Lay a mark; of all who try, one does."""
        engine = self._engine

        def marking(tx: Transaction) -> bool:
            number = engine.ring.current
            body = engine.ring.key(number).seal(b"", f"drawer|{kind}|{id}")
            return bool(
                tx.run(
                    "lay_once", kind=kind, id=id, process_key=number, body=body, now=seconds(now),
                    until=seconds(until) if until else None,
                )
            )  # fmt: skip

        return await engine.write(marking)

    async def look(self, kind: str, id: str, *, now: datetime) -> bytes | None:
        """What lies there, unless it is over."""
        engine = self._engine

        def looking(tx: Transaction) -> bytes | None:
            row = tx.one("look", kind=kind, id=id, now=seconds(now))
            return opened(engine.ring, row, kind, id) if row else None

        return await engine.ask(looking)

    async def take(self, kind: str, id: str, *, now: datetime) -> bytes | None:
        """Take out what lies there: of all who try, one gets it."""
        engine = self._engine

        def taking(tx: Transaction) -> bytes | None:
            row = tx.one("look", kind=kind, id=id, now=seconds(now))
            tx.run("drop", kind=kind, id=id)
            return opened(engine.ring, row, kind, id) if row else None

        return await engine.write(taking)

    async def drawer(self, kind: str, *, now: datetime) -> dict[str, bytes]:
        """All of one kind that is not over, by id."""
        engine = self._engine
        return await engine.ask(
            lambda tx: {
                row["id"]: opened(engine.ring, row, kind, row["id"])
                for row in tx.all("drawer", kind=kind, now=seconds(now))
            }
        )


def _worklist(tx: Transaction, numbers: Sequence[str], counts: dict[str, int]) -> Worklist:
    return Worklist(lines_at(tx, numbers), counts)


def _between(pile: Pile, today: str, soon: str) -> tuple[str, str, int]:
    """The first and last day of a pile, and whether its cases were begun (1), were not (0), or either (-1)."""
    match pile:
        case "late":
            return "", _beside(today, -1), -1
        case "due":
            return today, soon, -1
        case "new":
            return "", NO_TERM, 0
        case "waiting":
            return _beside(soon, 1), NO_TERM, 1
        case "all":
            return "", NO_TERM, -1
        case _:
            assert_never(pile)


def _beside(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
