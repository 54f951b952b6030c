"""What officers write to the client of a case: read in the client's conversation, or later by the claim code.

Each case has a key pair of the client's own beside that of its readers. What is written is sealed twice: for the
readers (it is part of the dossier) and for the client. The client's half opens only with the claim code, so that
nobody who has the disk reads what an organisation wrote to a client.
"""

from datetime import datetime
from typing import Protocol

import msgspec

from flows.events import Writing
from storage.officers import Unlocked


class Reach(msgspec.Struct, frozen=True):
    """How the client of a case can be reached by what they used: the `channels` of the conversations about it that
    still are there, and whether there is a `code` by which they can come back."""

    channels: tuple[str, ...] = ()
    code: bool = False


class Correspondence(Protocol):
    """Officers write, clients read."""

    async def reach(self, number: str) -> Reach:
        """How what is written would come to the client. Raises `UnknownCase`."""

    async def write(self, number: str, who: Unlocked, text: str, *, open: bool, now: datetime) -> None:
        """Write to the client: on the case for its readers, for the client by their code, and to their conversations.

        With `open` the words go to those conversations (`Store.wakes` gives `Written`), without it only that
        something was written. Logged. Raises `UnknownCase`, `NoAccess`.
        """

    async def writings(self, number: str, claim_code: str) -> tuple[Writing, ...]:
        """What was written to the client, in order; empty when the code is not that of the case. Slow on purpose."""
