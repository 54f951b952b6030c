"""What is known: values, answers, and how each came to be known."""

from datetime import date
from typing import Literal

import msgspec

Precision = Literal["day", "days", "week", "month", "season", "year", "about"]


class When(msgspec.Struct, frozen=True):
    """When something happened: it lay (or began) somewhere from `earliest` to `latest`, both included.

    Calendar days in Europe/Amsterdam. `ongoing` means that it began then and still goes on. `precision` says
    what the client's words meant: "vorige week" is a ``week``, "een paar weken geleden" is ``about``.
    """

    earliest: date
    latest: date
    precision: Precision = "day"
    ongoing: bool = False

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} lies after latest {self.latest}")


Value = str | tuple[str, ...] | When
"""The value of an answer: an id or text, several ids, or a date span.

Yes-or-no fields hold ``"yes"``, ``"no"`` or ``"unknown"``. A phone number is E.164 (``+31612345678``), several
are a tuple. An age is its digits. A client who has no phone, mail or address, or will not give it, has
``"none"`` there.
"""

How = Literal["asked", "understood", "corrected"]

FIELDS: tuple[str, ...] = (
    "story", "date", "role", "location", "name", "address", "phone", "email", "contact_how", "contact_when",
    "contact_safe", "interpreter", "subject", "wish", "points", "about", "party", "unreadable_by", "talked",
    "safe", "behalf", "age", "register", "language",
)  # fmt: skip
"""Every thing there is to know, in the order in which a check card shows it. The names are a contract."""


class Answer(msgspec.Struct, frozen=True):
    """One field's value, the client's own words for it, and how it was learned.

    `how` is ``asked`` when it answers the question put, ``understood`` when it was read from other words, and
    ``corrected`` when it replaced an earlier value, kept in `was`.
    """

    value: Value
    words: str
    how: How = "asked"
    confirmed: bool = True
    was: Value | None = None
