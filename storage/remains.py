"""What remains of a session when its content has gone to the recipients, or its three days are over."""

from msgspec.structs import replace

from flows.session import Session


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
