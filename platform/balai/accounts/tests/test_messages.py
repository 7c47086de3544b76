"""Every mail of the library has one of ours in its place, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import allauth
import pytest
from django.core import mail

from balai.accounts import messages, notices
from balai.context import platform, region_context

# Mails with a link instead of a code; our settings never send them.
LINKS = {"account/email/password_reset_key"}
VALUES = {
    "code": "123456", "signup_url": "https://x/s", "login_url": "https://x/l", "url": "https://x",
    "what": "Kata sandi diubah.", "role": "Petugas", "agency": "Dinas", "name": "Siti",
}  # fmt: skip


def library_mails() -> Iterator[str]:
    folder = Path(allauth.__path__[0]) / "templates"
    for app in ("account", "mfa"):
        for path in sorted((folder / app / "email").glob("*_subject.txt")):
            yield f"{app}/email/{path.name.removesuffix('_subject.txt')}"


@pytest.mark.parametrize("prefix", sorted(set(library_mails()) - LINKS))
def test_every_mail_of_the_library_is_known(prefix: str) -> None:
    name, values = notices.of(prefix, VALUES)
    assert name in {"code", "unknown", "exists", "notice"}
    assert all(values.get(key) for key in values if key != "at")


def test_a_mail_with_a_link_is_refused() -> None:
    with pytest.raises(KeyError):
        notices.of("account/email/password_reset_key", VALUES)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["code", "unknown", "exists", "notice"])
def test_messages_speak_the_language_of_the_page(region, language: str, name: str) -> None:
    from django.utils import translation

    with region_context(region), translation.override(language):
        messages.deliver(name, email="siti@contoh.test", values=VALUES)
    (sent,) = mail.outbox
    indonesian = {"untuk", "belum", "sudah", "akun"} & set(sent.subject.lower().split())
    assert bool(indonesian) is (language == "id")
    assert region.name in sent.subject
    assert "{{" not in sent.body
    assert "&#" not in sent.body


@pytest.mark.parametrize("name", ["code", "unknown", "exists"])
def test_a_phone_gets_it_short(region, inbox, name: str) -> None:
    with region_context(region):
        messages.deliver(name, phone="+6281234567890", values=VALUES)
    (sms,) = inbox()
    assert len(sms.text) <= 160
    assert region.name in sms.text


def test_the_platform_sends_plain_mail(db) -> None:
    with platform():
        messages.deliver("code", email="operator@balai.test", values=VALUES)
    (sent,) = mail.outbox
    assert "123456" in sent.body
    assert "Balai" in sent.subject
