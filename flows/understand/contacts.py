"""Who a client is and how they can be reached: name, address, phone, e-mail, how, when and whether it is safe.

Each kind has its own module; this one asks them all. Pure; linear in the length of the text.
"""

from flows.understand.findings import Context, Finding


def find(text: str, context: Context) -> tuple[Finding, ...]:
    """Everything about contact that this text says, in the order in which it stands."""
    return ()
