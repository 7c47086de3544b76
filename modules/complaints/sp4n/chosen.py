"""Which way to SP4N-LAPOR! the region has chosen. Its token is kept sealed."""

from base64 import b64decode, b64encode
from enum import StrEnum
from typing import Final

from balai import secrets
from modules.complaints import conf
from modules.complaints.sp4n.channel import Sp4nChannel
from modules.complaints.sp4n.console import ConsoleSp4n
from modules.complaints.sp4n.fields import read
from modules.complaints.sp4n.http import HttpSp4n

PURPOSE: Final = "complaints.sp4n_token"


class Mode(StrEnum):
    """How reports go to the national service."""

    OFF = "off"
    MANUAL = "manual"
    CONSOLE = "console"
    HTTP = "http"


def mode() -> Mode:
    """Return what the active region has chosen."""
    chosen = conf.current().sp4n_mode
    return Mode(chosen) if chosen in list(Mode) else Mode.OFF


def channel() -> Sp4nChannel | None:
    """Return the active region's channel; None where nothing goes by itself."""
    rules = conf.current()
    if mode() is Mode.CONSOLE:
        return ConsoleSp4n()
    if mode() is Mode.HTTP and rules.sp4n_url:
        token = opened(rules.sp4n_token) if rules.sp4n_token else ""
        return HttpSp4n(base=rules.sp4n_url, token=token, fields=read(rules.sp4n_fields))
    return None


def sealed(token: str) -> str:
    """Return a token as the settings keep it."""
    return b64encode(secrets.seal(token, purpose=PURPOSE)).decode()


def opened(stored: str) -> str:
    """Return the token; raises ``secrets.NotReadable`` for one of another region."""
    return secrets.unseal(b64decode(stored), purpose=PURPOSE)
