"""What remains of a session when its content has gone to the recipients, or its three days are over."""

from msgspec.structs import replace

from flows.effects import Forget, OpenCase
from flows.session import Session, Turn


def after(turn: Turn) -> Session:
    """The session as it is kept after a turn.

    One that files a case keeps no content: from here on only its recipients read it. Nor does one that wipes, which
    keeps no case either, unless it wipes what was there before it alone.
    """
    session = turn.session
    wipes = any(isinstance(effect, Forget) and not effect.earlier for effect in turn.effects)
    if wipes or any(isinstance(effect, OpenCase) for effect in turn.effects):
        session = without_content(session)
    return replace(session, case=None) if wipes else session


def without_content(session: Session) -> Session:
    """The session without anything the client told: enough to go on (where the case stands, what was agreed).

    This, and never more, outlives a draft; so a submitted complaint is nowhere but with its recipients (law 7).
    """
    return replace(
        session,
        answers={},
        said=(),
        doubt=None,
        asked=(),
        skipped=(),
        attachments=(),
        danger=(),
        claim_code=None,
        news=tuple(replace(one, reason="") for one in session.news),
    )
