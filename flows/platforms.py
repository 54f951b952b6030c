"""What each platform can do and who can see what on it: data on which claims to clients rest."""

from typing import Literal

import msgspec


class Platform(msgspec.Struct, frozen=True):
    """One way of talking with us.

    `account`: the platform knows who is talking (so nothing is anonymous there). `sees`: who else can read along
    with what is typed, as message ids of ``platform.sees.*``. `quick_exit`: the page has 'Snel weg'. `keeps`:
    the kinds of `Sent` that can be kept for the officer. `line`: where the anonymous line is held: on a ``page``
    of its own, ``here`` in the same place, or ``away`` from this platform, where only its address is told.
    `private_link`: it shows the address of the web chat where something sensitive begins. `drafts_days`: after
    this many days an unsent conversation is wiped. `pushes`: we can come back to the client by ourselves, so only
    here may they be promised to be asked on a day; elsewhere, that they are asked when they come back. `notices`:
    what comes by itself is shown where others may see it (a locked screen), so it carries no content.
    """

    id: str
    account: bool
    quick_exit: bool = False
    keeps: frozenset[str] = frozenset()
    line: Literal["page", "here", "away"] = "away"
    private_link: bool = False
    deletes: bool = False
    drafts_days: int = 3
    pushes: bool = False
    notices: bool = False


PLATFORMS: dict[str, Platform] = {
    p.id: p
    for p in (
        Platform("terminal", account=False, line="here", pushes=True),
        Platform("web", account=False, quick_exit=True, keeps=frozenset({"photo", "document", "voice"}),
                 line="page"),
        Platform("telegram", account=True, keeps=frozenset({"photo", "document", "voice"}), private_link=True,
                 deletes=True, pushes=True, notices=True),
        Platform("whatsapp", account=True, private_link=True, notices=True),
        Platform("desk", account=False),
    )
}  # fmt: skip
