"""What keeps a line from being tied to whoever wrote on it, by someone who has the whole disk and every key file.

All of it always holds: nothing but a test gives an engine anything else than `ALL`. The tests switch one off and
find that the thief whom it is against wins (`tests/line/linking.py`), so that it is known what each is for.
"""

import msgspec


class Protections(msgspec.Struct, frozen=True):
    """Each of them: against whom."""

    chance: bool = True
    """Rows are taken by chance. Otherwise the lowest free one is: its id gives the order away."""

    place: bool = True
    """Rows are there before they are used, and are written over in place. Otherwise they are added when needed and
    deleted: their place in the file, and the list of free pages, give the order away."""

    slots: bool = True
    """A line's key has a chance place in its file. Otherwise they are counted."""

    hours: bool = True
    """Of when only the hour is kept. Otherwise the second is."""

    sizes: bool = True
    """Messages are filled up to a few sizes. Otherwise they are as long as they are."""

    log: bool = True
    """The write-ahead log is emptied after each change. Otherwise it gives the order away."""

    files: bool = True
    """The file with the keys shows the hour in which a line was last wiped. Otherwise it shows the instant."""


ALL = Protections()
