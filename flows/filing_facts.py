"""Facts about an intake that officers see as flags, in codes: danger, age of the event, Wzd, child, contact."""

from datetime import date, datetime

from flows.answers import When
from flows.scheme import Scheme
from flows.session import Session


def late(scheme: Scheme, session: Session, now: datetime) -> bool:
    """Whether all of it happened longer ago than the scheme takes up (BB-3b; Awb 9:8 where the source is unclear).

    Only when the whole span lies before the limit: what is doubtful counts as in time.
    """
    answer = session.answers.get("date")
    if (
        scheme.age_limit is None
        or answer is None
        or not isinstance(answer.value, When)
        or answer.value.ongoing
    ):
        return False
    return answer.value.latest < years_before(now.date(), scheme.age_limit.years)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def flags(scheme: Scheme, session: Session, now: datetime) -> tuple[str, ...]:
    """The coded flags of an intake, in a fixed order."""
    found = [f"danger:{kind}" for kind in session.danger]
    if late(scheme, session, now):
        found.append("older_than_allowed")
    if about_wzd(scheme, session):
        found.append("wzd")
    if is_child(session):
        found.append("child")
    interpreter = session.answers.get("interpreter")
    if interpreter is not None and interpreter.value not in ("no", "unknown", "none"):
        found.append("interpreter")
    safe = session.answers.get("contact_safe")
    if safe is not None and safe.value == "no":
        found.append("unsafe_contact")
    return tuple(found)


def about_wzd(scheme: Scheme, session: Session) -> bool:
    """Whether the complaint is (also) about involuntary care."""
    answer = session.answers.get("subject")
    chosen = answer.value if answer else ()
    ids = chosen if isinstance(chosen, tuple) else (chosen,)
    return session.route == "wzd" or any(s.flag == "wzd" and s.id in ids for s in scheme.subjects)


def is_child(session: Session) -> bool:
    """Whether the client is known to be under 18, or is addressed as a child."""
    answer = session.answers.get("age")
    if answer is not None and isinstance(answer.value, str) and answer.value.isdigit():
        return int(answer.value) < 18
    return session.locale == "nl@kind"
