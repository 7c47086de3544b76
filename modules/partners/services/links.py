"""A link to one case for somebody without an account: signed, of this region, for some days."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, signing
from balai.outbox import publish
from modules.partners import conf, topics, workflow
from modules.partners.models import Link, Share
from modules.partners.services import moving
from modules.partners.states import READABLE
from modules.partners.workflow import SHARE, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

SALT: Final = "partners.link"
LONGEST: Final = 60 * 24 * 3600
"""Seconds. A link says itself when it ends; no signature is read beyond this."""


@transaction.atomic
def make(*, share: Share, email: str, by: "User", now: datetime | None = None) -> Link:
    """Make a link and let it be sent; never for a sealed case, whose readers have names.

    Raises:
        NotAllowed: for a sealed case, or one that is not with the partner.
        PermissionDenied: when ``by`` may not share.
    """
    now = now or timezone.now()
    if not by.has_perm(SHARE):
        raise PermissionDenied
    current = moving.locked(share)
    if current.sealed:
        raise NotAllowed(_("A sealed case is read in the inbox only, by people with a name."))
    paper = current.cooperation
    if current.state not in READABLE or not paper.live or not paper.partner.active:
        raise NotAllowed(workflow.MOVED_ON)
    link = Link.objects.create(
        share=current, email=email, made_by=by, made_at=now,
        expires_at=now + timedelta(days=conf.current().link_days),
    )  # fmt: skip
    publish(topics.LINKED, key=str(link.uuid), link=link.pk)
    audit.record(action="partners.link_made", target=str(current.uuid), after={"link": link.uuid})
    return link


@transaction.atomic
def revoke(*, link: Link, by: "User", now: datetime | None = None) -> Link:
    """End a link at once; a second time changes nothing.

    Raises:
        PermissionDenied: when ``by`` may not share.
    """
    if not by.has_perm(SHARE):
        raise PermissionDenied
    current = Link.objects.select_for_update(of=("self",)).select_related("share").get(pk=link.pk)
    if current.revoked_at is None:
        current.revoked_at = now or timezone.now()
        current.save(update_fields=["revoked_at"])
        audit.record(
            action="partners.link_revoked", target=str(current.share.uuid),
            after={"link": current.uuid},
        )  # fmt: skip
    return current


def token_of(link: Link) -> str:
    """Return the address's token; it is good in this region only."""
    return signing.dumps(link.uuid.hex, salt=SALT)


def find(token: str) -> Link | None:
    """Return the link a token names if it was made here; whether it still opens is in ``opens``.

    A token that was altered, or made in another region, is None.
    """
    try:
        reference = UUID(hex=signing.loads(token, salt=SALT, max_age=LONGEST))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Link.objects.select_related("share__cooperation__partner")
    return rows.filter(uuid=reference).first()


def opens(link: Link, now: datetime | None = None) -> bool:
    """Tell whether a link still opens its case."""
    now = now or timezone.now()
    share, paper = link.share, link.share.cooperation
    held = link.revoked_at is None and link.expires_at > now
    return bool(held and share.state in READABLE and paper.live and paper.partner.active)
