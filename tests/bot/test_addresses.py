"""What is typed as a mail address: one that every mail server can be asked to carry mail to, or none."""

import pytest

from bot import addresses
from bot.reminders import post


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("saskia@example.org", "saskia@example.org"),
        (" saskia@example.org\n", "saskia@example.org"),
        ("Saskia.de-Vries+zorg@Example.ORG", "Saskia.de-Vries+zorg@example.org"),
        ("saskia@xn--bcher-kva.example.nl", "saskia@xn--bcher-kva.example.nl"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_address_is_kept_as_every_mail_server_takes_it(typed: str, kept: str) -> None:
    assert (addresses.read(typed), post.is_written(kept)) == (kept, True)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "saskia", "@example.org", "saskia@", "a@b@c", "a@example.org, b@example.org", "a@localhost",
        "saskia@bücher.example", "sáskia@example.org", "saskia@example.org\u200b", "saskia @example.org",
        "a@b\r\nBcc: c@example.org", "Saskia <saskia@example.org>", "<script>@example.org", "a@[127.0.0.1]",
        "a" * 65 + "@example.org", "a@" + "b." * 200 + "org", "saskia@example.invalid",
    ],
)  # fmt: skip
def test_what_is_no_address_for_every_mail_server_is_none(typed: str) -> None:
    assert addresses.read(typed) is None
