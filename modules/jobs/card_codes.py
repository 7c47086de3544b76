"""The two addresses that work without an account: the QR code on a card, the tap on a reminder."""

import base64
import hmac
from typing import Final

from balai import secrets, signing
from modules.jobs.models import Card

CODE: Final = "jobs.card_code"
TAP: Final = "jobs.card_tap"
TAP_AGE: Final = 60 * 24 * 3600
"""Seconds a letter's link works: from two weeks before a report until well after it."""


def code_of(number: str) -> str:
    """Return the eight letters that prove a card's number (40 bits, keyed for the region)."""
    return base64.b32encode(secrets.digest(number, purpose=CODE)[:5]).decode()


def token_of(card: Card) -> str:
    """Return what the QR code's address ends with: "AK1-26-000017.K7QM4ZPA"."""
    return f"{card.number}.{code_of(card.number)}"


def read(token: str) -> str:
    """Return the number that a token proves, "" for any other text. It says nothing of a card."""
    number, _dot, code = token.strip().upper().replace(" ", "").rpartition(".")
    known = number and hmac.compare_digest(code.encode(), code_of(number).encode())
    return number if known else ""


def tap_for(card: Card) -> str:
    """Return the token of a reminder's link: whoever has the letter may report."""
    return signing.dumps(str(card.uuid), salt=TAP)


def tapped(token: str) -> str:
    """Return the card's uuid; raises BadSignature or SignatureExpired."""
    return str(signing.loads(token, salt=TAP, max_age=TAP_AGE))
