"""Handing mail to a real server: TLS or nothing, a login that is right or wrong, and servers that behave badly."""

import base64
import logging
from email.message import EmailMessage
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.delivery import Later, Never
from bot.reminders import post
from bot.reminders.post import Setting
from tests.reminders.mailserver import PASSWORD, USER, Leaving, certificate, guarded, scripted
from tests.reminders.postbox import postbox

pytestmark = [  # aiosmtpd warns of itself
    pytest.mark.filterwarnings("ignore:Session.login_data is deprecated"),
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

TO = "saskia@example.org"


def mail(to: str = TO) -> EmailMessage:
    """A mail to Saskia."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = USER, to, "Gehoord", "<1@example.org>"
    made.set_content("Dit moet nog gebeuren.\n.\nMet een punt alleen.\n")
    return made


def setting(port: int, tls: str = "starttls", *, user: str = "", password: str = "") -> Setting:
    return Setting("127.0.0.1", port, USER, tls, user, password)


async def sent(by: Setting) -> tuple[str, str]:
    """What became of a mail, ``taken``, ``later`` or ``never``, and the reason that was noted."""
    with capture_logs() as logs:
        try:
            await post.send(mail(), by)
        except Later:
            return "later", str(logs[-1]["why"])
        except Never as error:
            return "never", error.reason
    assert logs == []
    return "taken", ""


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
async def test_mail_goes_out_over_tls_and_comes_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, implicit: bool
) -> None:
    context, file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    async with guarded(context, implicit=implicit) as box:
        assert await sent(setting(box.port, "tls" if implicit else "starttls")) == ("taken", "")
    (came,) = box.mails
    assert came.get_content().splitlines() == mail().get_content().splitlines()


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
async def test_login_goes_over_tls_only_and_right_or_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, implicit: bool
) -> None:
    context, file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    tls = "tls" if implicit else "starttls"
    async with guarded(context, implicit=implicit, login=True) as box:
        assert await sent(setting(box.port, tls, user=USER, password=PASSWORD)) == ("taken", "")
        assert await sent(setting(box.port, tls, user=USER, password="verkeerd")) == (
            "later",
            "login_refused",
        )
        assert (await sent(setting(box.port, tls)))[0] == "later"
    assert (len(box.mails), set(box.knocked)) == (1, {(USER, True)})


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2"], ids=["not trusted", "of somebody else"])
async def test_server_that_cannot_prove_who_it_is_gets_neither_mail_nor_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tls: str, address: str
) -> None:
    context, file = certificate(tmp_path, address)
    if address == "127.0.0.2":
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    async with guarded(context, implicit=tls == "tls", login=True) as box:
        by = setting(box.port, tls, user=USER, password=PASSWORD)
        assert await sent(by) == ("later", "tls_failed")
    assert (box.mails, box.knocked) == ([], [])


async def test_server_without_tls_gets_neither_mail_nor_password() -> None:
    async with postbox() as box:
        by = setting(box.port, user=USER, password=PASSWORD)
        assert await sent(by) == ("later", "tls_or_login_not_offered")
        assert (await sent(setting(box.port, "tls", user=USER, password=PASSWORD)))[0] == "later"
    assert box.mails == []


async def test_tls_that_somebody_in_between_takes_away_keeps_the_password_in() -> None:
    stripped = (b"220 post\r\n", b"250-post\r\n250 AUTH PLAIN LOGIN\r\n", b"235 ok\r\n", b"250 ok\r\n")
    refused = (b"220 post\r\n", b"250-post\r\n250 STARTTLS\r\n", b"454 TLS not available\r\n", b"250 ok\r\n")
    for says in (stripped, refused):
        async with scripted(*says) as server:
            assert (await sent(setting(server.port, user=USER, password=PASSWORD)))[0] == "later"
        assert [word for word in (b"AUTH", b"MAIL", *secret()) if word in server.heard] == []


async def test_answers_that_somebody_put_behind_starttls_count_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(post, "TIMEOUT", 0.5)
    put_in = b"220 go\r\n250-post\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n"
    async with scripted(b"220 post\r\n", b"250-post\r\n250 STARTTLS\r\n", put_in, b"", b"") as server:
        assert (await sent(setting(server.port, user=USER, password=PASSWORD)))[0] == "later"
    assert [word for word in (b"AUTH", b"MAIL", *secret()) if word in server.heard] == []


def secret() -> tuple[bytes, ...]:
    """The password as it could stand somewhere: as it is, and as a login writes it."""
    plain = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
    return PASSWORD.encode(), base64.b64encode(PASSWORD.encode()), plain


HELLO = (b"220 post\r\n", b"250 post\r\n")
ADDRESSED = (*HELLO, b"250 ok\r\n", b"250 ok\r\n")


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ((None,), ("later", "no_connection")),
        ((b"554 no service here\r\n",), ("later", "put_off")),
        ((b"421 busy\r\n",), ("later", "put_off")),
        ((b"HTTP/1.1 400 Bad Request\r\n\r\n",), ("later", "put_off")),
        ((b"\xff\xfe\x00\x80\r\n" * 3,), ("later", "put_off")),
        ((b"220 " + b"x" * 9000 + b"\r\n",), ("later", "put_off")),
        ((b"220-" + b"x" * 70_000,), ("later", "put_off")),
        ((b"220-post\r\n" * 20_000,), ("later", "put_off")),
        ((b"220 \xe9\xff\r\n", b"250 ok\r\n", None), ("later", "no_connection")),
        ((b"220 post\r\n", b"502 what?\r\n", b"502 what?\r\n"), ("later", "put_off")),
        ((*HELLO, b"550 who are you\r\n"), ("later", "put_off")),
        ((*HELLO, b"250 ok\r\n", b"452 full\r\n"), ("later", "put_off")),
        ((*HELLO, b"250 ok\r\n", b"550 nobody\r\n"), ("never", "mail_refused")),
        ((*ADDRESSED, b"451 not now\r\n"), ("later", "put_off")),
        ((*ADDRESSED, b"554 no\r\n"), ("never", "mail_refused")),
        ((*ADDRESSED, None), ("later", "no_connection")),
        ((*ADDRESSED, b"354 go\r\n", None), ("later", "no_connection")),
    ],
)
async def test_server_that_behaves_badly_puts_the_mail_off_and_says_why(
    says: tuple[bytes | None, ...], expected: tuple[str, str]
) -> None:
    async with scripted(*says) as server:
        assert await sent(setting(server.port, "off")) == expected


async def test_server_that_took_the_mail_and_goes_away_without_a_word_took_it() -> None:
    async with postbox(Leaving()) as box:
        assert await sent(box.setting) == ("taken", "")
    assert len(box.mails) == 1


@pytest.mark.parametrize("at", range(5))
async def test_slow_server_is_given_up_after_a_while(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    monkeypatch.setattr(post, "TIMEOUT", 0.2)
    async with scripted(*(*ADDRESSED, b"354 go\r\n")[:at], mute=True) as server:
        assert await sent(setting(server.port, "off")) == ("later", "too_slow")


async def test_server_that_drips_is_given_up_before_the_right_to_send_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert post.WHOLE < 120
    monkeypatch.setattr(post, "WHOLE", 0.3)
    async with scripted(b"220 " + b"x" * 4000 + b"\r\n", slowly=0.01) as server:
        assert await sent(setting(server.port, "off")) == ("later", "too_slow")


@pytest.mark.parametrize(
    "to", ["a@b\r\nBcc: c@example.org", "saskia", "", "a b@example.org", "a@b, c@d", "saskia@é.org"]
)
def test_contact_that_is_no_address_is_not_written_to(to: str) -> None:
    assert not post.is_written(to)


async def test_host_that_cannot_be_one_puts_the_mail_off() -> None:
    by = Setting("x" * 70 + ".example.org", 25, USER)
    assert await sent(by) == ("later", "wrong_setting")


async def test_password_stands_in_no_log_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    context, file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    async with guarded(context, login=True) as box, scripted(b"220 post\r\n", None) as gone:
        for port, password in ((box.port, PASSWORD), (box.port, PASSWORD + "!"), (gone.port, PASSWORD)):
            by = setting(port, user=USER, password=password)
            said += [repr(by), str(by)]
            try:
                await post.send(mail(), by)
            except (Later, Never) as error:
                said += [repr(error), repr(error.__cause__), str(error.__suppress_context__)]
    caught = capfd.readouterr()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail")]
    whole = "\n".join([*said, *ours, caught.out, caught.err])
    assert (len(box.mails), [word for word in secret() if word.decode() in whole]) == (1, [])
    assert PASSWORD not in str(post.setting({"GEHOORD_SMTP_HOST": "x.org", "GEHOORD_MAIL_FROM": USER,
                                             "GEHOORD_SMTP_PASSWORD": PASSWORD}))  # fmt: skip
