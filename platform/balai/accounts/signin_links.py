"""One-time sign-in links: for a region's first admin, and for operators."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from balai import audit, context, signing
from balai.accounts.models import User

SALT: Final = "accounts.signin-link"
LONGEST: Final = timedelta(hours=24)
SHORTEST: Final = timedelta(minutes=15)


class LinkError(Exception):
    """Raised for a link that is of another region, used, too old, or not ours at all."""


@dataclass(frozen=True, slots=True)
class SignInLink:
    """An unused link: whom it signs in, and where it leads."""

    user: User
    nonce: str
    next: str


@transaction.atomic
def make_signin_link(user: User, next: str = "/", *, valid_for: timedelta = LONGEST) -> str:
    """Return an absolute address that signs ``user`` in once, in this region only.

    A new link makes the one before worthless. A second factor is still asked for.

    Args:
        next: the local path to go to.
        valid_for: between 15 minutes and 24 hours.
    """
    nonce = secrets.token_urlsafe(32)
    User.objects.filter(pk=user.pk).update(link_nonce=nonce)
    seconds = int(max(SHORTEST, min(valid_for, LONGEST)).total_seconds())
    until = int(timezone.now().timestamp()) + seconds
    token = signing.dumps([str(user.uuid), nonce, next, until], salt=SALT)
    audit.record(action="account.link_made", target=str(user.uuid))
    return base_url() + _path(token)


def read(token: str) -> SignInLink:
    """Return the link behind ``token`` without using it.

    Raises:
        LinkError: whatever is wrong with it; the reason is not told.
    """
    try:
        uuid, nonce, target, until = signing.loads(
            token, salt=SALT, max_age=int(LONGEST.total_seconds())
        )
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkError from error
    user = User.objects.filter(uuid=uuid, link_nonce=nonce, is_active=True).first()
    if user is None or not nonce or until < timezone.now().timestamp():
        raise LinkError
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return SignInLink(user, nonce, target if safe else "/")


@transaction.atomic
def use(token: str) -> SignInLink:
    """Return the link and make it worthless; of two at the same moment one wins.

    Raises:
        LinkError: as :func:`read`.
    """
    link = read(token)
    if not User.objects.filter(pk=link.user.pk, link_nonce=link.nonce).update(link_nonce=""):
        raise LinkError
    audit.record(action="account.link_used", target=str(link.user.uuid))
    return link


def base_url() -> str:
    """Return this site's address without a trailing slash: the region's, or the apex."""
    region = context.region_or_none()
    return region.base_url if region else f"{settings.PUBLIC_SCHEME}://{settings.APEX_HOST}"


def _path(token: str) -> str:
    urls = settings.ROOT_URLCONF if context.region_or_none() else settings.PUBLIC_SCHEMA_URLCONF
    return reverse("account:signin-link", urlconf=urls, args=[token])
