"""The second word that follows a report without an account, and the links that carry access.

The word is derived from the server's key and the report's uuid, so that a repeated request gets
the same receipt without its being stored; the database keeps a hash of it only.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from balai import context, signing

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
RECEIPT_AGE = 3600
LINK_AGE = 90 * 24 * 3600


def secret_of(report: UUID) -> str:
    """Return the report's secret, such as "K7M4-Q2XD": no letters that sound or look alike."""
    key = context.namespaced(f"complaints.secret:{report}").encode()
    value = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), key, "sha256"), "big")
    letters = ""
    for _ in range(LENGTH):
        value, place = divmod(value, len(ALPHABET))
        letters += ALPHABET[place]
    return f"{letters[:4]}-{letters[4:]}"


def digest(report: UUID, secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(f"{report}:{normalised(secret)}".encode()).hexdigest()


def fits(report: UUID, stored: str, given: str) -> bool:
    """Tell whether ``given``, as somebody typed it, is the report's secret."""
    return hmac.compare_digest(stored, digest(report, given))


def normalised(secret: str) -> str:
    """Return the secret without dashes and spaces, in capitals."""
    return "".join(letter for letter in secret.upper() if letter.isalnum())


def receipt_token(report: UUID, failed_photos: int) -> str:
    """Return a token for the receipt page, good for an hour."""
    return signing.dumps([str(report), failed_photos], salt="complaints.receipt")


def read_receipt(token: str) -> tuple[UUID, int]:
    """Return report and number of photos that failed; raises BadSignature."""
    report, failed = signing.loads(token, salt="complaints.receipt", max_age=RECEIPT_AGE)
    return UUID(report), int(failed)


def link_token(report: UUID) -> str:
    """Return a token for the links in notices: whoever got the notice may open the report."""
    return signing.dumps(str(report), salt="complaints.link")


def read_link(token: str) -> UUID:
    """Return the report a notice's link opens; raises BadSignature."""
    return UUID(signing.loads(token, salt="complaints.link", max_age=LINK_AGE))


def partner_token(outside: UUID) -> str:
    """Return a token for the letter to another authority: who has it may take the report on."""
    return signing.dumps(str(outside), salt="complaints.partner")


def read_partner(token: str, days: int) -> UUID:
    """Return the hand-over that a letter's link names; raises BadSignature after ``days``."""
    return UUID(signing.loads(token, salt="complaints.partner", max_age=days * 24 * 3600))
