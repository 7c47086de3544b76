"""Our side of allauth's second factors: secrets encrypted, names of the region."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from balai import context, secrets
from balai.accounts.messages import place
from balai.accounts.models import User


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are stored encrypted with a key of their region."""

    def encrypt(self, text: str) -> str:
        """Return ``text`` encrypted for the active region."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what :meth:`encrypt` was given, here.

        Raises:
            cryptography.fernet.InvalidToken: for another region's secret.
        """
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Name the city, so that two cities' codes are told apart in the app."""
        return place()

    def _get_site_name(self) -> str:
        return place()

    def _get_user_identifier(self, user: User) -> str:
        return user.email or user.phone or user.label


def _box() -> MultiFernet:
    region = context.region_or_none()
    if region is not None and region.wrapped_key:
        return MultiFernet([_fernet(secrets.derived("accounts.mfa", use="fernet"))])
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_fernet(_key(key)) for key in keys])


def _fernet(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))


def _key(secret: str | bytes) -> bytes:
    info = f"balai.accounts.mfa:{context.schema()}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(force_bytes(secret))
