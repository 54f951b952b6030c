"""A scheme for tests of terms: any terms, any office, nothing else."""

from datetime import date

from flows.scheme import Office, Retention, Scheme, Source, TermRule

STARTS, ENDS = "received", "outcome_sent"


def rule(count: int = 6, unit: str = "weeks", basis: str = "scheme", **more: object) -> TermRule:
    """A term from receipt to outcome."""
    fields: dict[str, object] = {"id": "term", "label": {"nl": "termijn"}, "starts": STARTS, "ends": ENDS}
    fields |= {"count": count, "unit": unit, "basis": basis, **more}
    return TermRule(**fields)  # type: ignore[arg-type]


def scheme(*terms: TermRule, office: Office | None = None, **more: object) -> Scheme:
    """An organisation with these terms, closed at weekends and on every holiday unless `office` says other."""
    fields: dict[str, object] = {
        "id": "proef",
        "name": "Proef",
        "prefix": "PR",
        "version": "1",
        "source": Source("Proefregeling", date(2026, 1, 1)),
        "languages": ("nl",),
        "registers": ("je",),
        "retention": Retention(maximum=24),
        "contacts": {},
        "human": (),
        "roles": (),
        "subjects": (),
        "ladder": (),
        "asks": {},
        "confidants": (),
        "terms": terms,
        "office": office or Office(),
        **more,
    }
    return Scheme(**fields)  # type: ignore[arg-type]
