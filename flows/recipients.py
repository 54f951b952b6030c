"""Who will read an intake, decided before it is sealed: nobody involved reads it (BB-3c, Awb 9:7)."""

import msgspec

from flows.scheme import Scheme
from flows.session import Session
from flows.understand.text import fold


class Readers(msgspec.Struct, frozen=True):
    """`roles` it is sealed to, `refused` the names or roles that may not read it; `left`: someone remains."""

    roles: tuple[str, ...]
    refused: tuple[str, ...]
    left: bool


def readers(scheme: Scheme, session: Session) -> Readers:
    """The readers of this intake.

    The client refuses people by name or by role. When the role itself is refused, or all the names that the
    scheme gives, nobody is left. A scheme without a recipient has no readers.
    """
    if scheme.recipient is None:
        return Readers((), (), False)
    refused = refusals(session)
    recipient = scheme.recipient
    folded = [fold(name) for name in refused]
    role_refused = any(_means_role(scheme, name) for name in folded)
    names_left = [name for name in recipient.names if not any(_same_name(name, other) for other in folded)]
    left = not role_refused and (not recipient.names or bool(names_left))
    return Readers((recipient.role,) if left else (), refused, left)


def named_readers(scheme: Scheme, session: Session) -> tuple[str, ...]:
    """Readers whom the client names in full in what they told, and did not refuse: it may be about them (BB-3c)."""
    told = fold(" ".join(session.said))
    folded = [fold(name) for name in refusals(session)]
    names = scheme.recipient.names if scheme.recipient else ()
    return tuple(
        name for name in names if fold(name) in told and not any(_same_name(name, other) for other in folded)
    )


def refusals(session: Session) -> tuple[str, ...]:
    """The names and roles that the client does not want as readers."""
    answer = session.answers.get("unreadable_by")
    if answer is None or answer.value in ("none", "unknown"):
        return ()
    value = answer.value
    return value if isinstance(value, tuple) else (str(value),)


def _means_role(scheme: Scheme, folded: str) -> bool:
    assert scheme.recipient is not None
    labels = {fold(text) for text in scheme.recipient.label.values()} | {fold(scheme.recipient.role)}
    bare = folded.removeprefix("de ").removeprefix("het ")
    return any(bare == label.removeprefix("de ").removeprefix("het ") for label in labels)


def _same_name(name: str, folded: str) -> bool:
    parts = fold(name).split()
    return fold(name) == folded or folded in parts
