"""The six digits that prove an e-mail address: short-lived, few tries, never stored."""

import secrets
from datetime import timedelta
from typing import Final

from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from provisioning.models import Opening

DIGITS: Final = 6
LIFETIME: Final = timedelta(minutes=10)
PAUSE: Final = timedelta(seconds=60)
TRIES: Final = 5
HOUR: Final = 3600
PER_EMAIL: Final = 5
PER_ADDRESS: Final = 30


def new_code(opening: Opening) -> str:
    """Put a new code on the opening and return it, to be mailed and forgotten.

    Raises:
        ValidationError: when the last one was sent less than a minute ago.
    """
    now = timezone.now()
    if opening.code_sent_at and now - opening.code_sent_at < PAUSE:
        raise ValidationError(_("Wait a minute before you ask for another code."), code="pause")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    opening.code_digest = _digest(opening, code)
    opening.code_sent_at, opening.code_tries = now, 0
    opening.save(update_fields=["code_digest", "code_sent_at", "code_tries"])
    return code


def check_code(opening: Opening, typed: str) -> None:
    """Accept the right code once. The opening's row must be locked: each try counts.

    Raises:
        ValidationError: for a wrong, old or used code, or after too many tries. The try is
            counted even so: the caller must not roll it back.
    """
    fresh = opening.code_sent_at and timezone.now() - opening.code_sent_at <= LIFETIME
    if not opening.code_digest or not fresh:
        raise ValidationError(_("This code is no longer valid. Ask for a new one."), code="old")
    if opening.code_tries >= TRIES:
        raise ValidationError(_("Too many tries. Ask for a new code."), code="tries")
    opening.code_tries += 1
    right = constant_time_compare(_digest(opening, typed), opening.code_digest)
    if right:
        opening.code_digest = ""
    opening.save(update_fields=["code_digest", "code_tries"])
    if not right:
        raise ValidationError(_("This is not the code in the mail."), code="wrong")


def check_rate(*, email: str, address: str) -> None:
    """Count a request for a code by e-mail and by network address, over an hour.

    Raises:
        ValidationError: when there were too many.
    """
    for name, value, limit in (("mail", email.lower(), PER_EMAIL), ("net", address, PER_ADDRESS)):
        # Hashed: cache keys carry no personal data.
        key = salted_hmac("provisioning.rate", f"{name}:{value}", algorithm="sha256").hexdigest()
        if _count(f"opening:{name}:{key[:32]}") > limit:
            raise ValidationError(_("Too many requests. Try again in an hour."), code="rate")


def _count(key: str) -> int:
    cache = caches["global"]
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it expired between the two calls
        return 1


def _digest(opening: Opening, code: str) -> str:
    text = f"{opening.uuid}:{code.strip()}"
    return salted_hmac("provisioning.code", text, algorithm="sha256").hexdigest()
