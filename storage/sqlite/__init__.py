"""The embedded store: one SQLite file, written by one connection of each process that uses it."""

from storage.sqlite.absences import AbsencePart
from storage.sqlite.cases import CasePart
from storage.sqlite.conversations import ConversationPart
from storage.sqlite.correspondence import CorrespondencePart
from storage.sqlite.desk import DeskPart
from storage.sqlite.duties import DutyPart
from storage.sqlite.lines import LinePart
from storage.sqlite.office import OfficePart
from storage.sqlite.outbox import OutboxPart
from storage.sqlite.oversight import OversightPart
from storage.sqlite.reminders import RemindersPart
from storage.sqlite.retention import RetentionPart


class SqliteStore(
    ConversationPart,
    OutboxPart,
    CasePart,
    OfficePart,
    RetentionPart,
    DeskPart,
    CorrespondencePart,
    RemindersPart,
    DutyPart,
    LinePart,
    OversightPart,
    AbsencePart,
):
    """`storage.store.Store` on SQLite."""

    async def __aenter__(self) -> "SqliteStore":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish what was begun and close."""
        await self._engine.close()
