"""What an administrator watches over."""

from datetime import UTC, datetime

from storage.months import months_after
from storage.oversight import Forecast, Going, VersionInUse, Waiting
from storage.sqlite.engine import Part, instant, seconds
from storage.sqlite.retention import deferred
from storage.sqlite.writer import Transaction


class OversightPart(Part):
    """`storage.oversight.Oversight` on SQLite."""

    async def versions(self, scheme: str) -> tuple[VersionInUse, ...]:
        """The versions under which cases of this scheme began."""
        return await self._engine.scan(
            lambda tx: tuple(
                VersionInUse(row["version"], row["open"], row["closed"], instant(row["first"]), instant(row["last"]))
                for row in tx.all("versions_in_use", scheme=scheme)
            )
        )  # fmt: skip

    async def waiting(self, scheme: str) -> tuple[Waiting, ...]:
        """What waits to go out after a try that failed."""

        def find(tx: Transaction) -> tuple[Waiting, ...]:
            rows = [*tx.all("waiting_messages", scheme=scheme), *tx.all("waiting_mails", scheme=scheme)]
            return tuple(
                Waiting(row["channel"], row["count"], row["tries"] or 0) for row in rows if row["count"]
            )

        return await self._engine.scan(find)

    async def forecast(self, scheme: str, until: datetime, limit: int = 200) -> Forecast:
        """Which closed cases will be destroyed until then."""

        def find(tx: Transaction) -> Forecast:
            ends = [
                (months_after(instant(row["closed"]), row["keep_months"]), row["number"], row)
                for row in tx.all("going_cases", scheme=scheme, until=seconds(until))
            ]
            due = sorted(
                ((at, number, row) for at, number, row in ends if at <= until.astimezone(UTC)),
                key=lambda end: end[:2],
            )
            first = tuple(Going(number, at, deferred(tx, row) or "") for at, number, row in due[:limit])
            return Forecast(first, len(due))

        return await self._engine.scan(find)
