"""Mail addresses that people type: whether it can be one, and how it is kept."""


def read(typed: str) -> str | None:
    """The mail address in `typed` as every mail server takes it; None when it is none, as far as its form shows.

    No mail server is asked. A domain in other letters is one only as it is written for them (``xn--…``), and a name
    before the @ in other letters is none: not every server carries those (RFC 6531).
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (25 ms, only where one is typed)

    if not (typed := typed.strip()).isascii():
        return None
    try:
        return validate_email(
            typed, check_deliverability=False, allow_smtputf8=False, strict=True
        ).ascii_email
    except EmailNotValidError:
        return None
