"""What regions say about passes, kept; and each use of one, written down."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from balai import audit, context
from balai.accounts.models import User
from balai.accounts.people import close_account, ensure_user
from balai.signon.roaming import Pass
from provisioning.models import PartnerAccess
from provisioning.operators.ranks import who_is

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def keep(region: context.Region, given: Pass) -> None:
    """Keep a region's pass and give its person an account without any right on the platform.

    ``settings.ROAMING_KEEPER``. A region can only write its own passes: ``region`` is the one that
    was active. An operator's account is left as it is, and opens no region.

    Raises:
        ValueError: for a path that would lead out of the region.
    """
    if not given.path.startswith("/") or given.path.startswith("//"):
        raise ValueError(given.path)
    _one_at_a_time(given.email)
    told = {
        "email": given.email.strip().lower(), "institution": given.institution,
        "role": given.role, "until": given.until, "path": given.path,
    }  # fmt: skip
    rows = PartnerAccess.objects.select_for_update()
    before = rows.filter(region_id=region.id, key=given.key).first()
    if before is not None and not before.email:
        return  # its person has closed the account; letting them in again is a new record
    if before is not None and all(getattr(before, name) == told[name] for name in told):
        return
    PartnerAccess.objects.update_or_create(region_id=region.id, key=given.key, defaults=told)
    if given.until is not None and not User.objects.filter(email=told["email"]).exists():
        ensure_user(email=given.email, name=given.name)
    audit.record(
        action="partner_access.changed" if before else "partner_access.granted",
        target=str(given.key), before={"until": before.until} if before else {},
        after=_facts(region.slug, given.role, given.until),
    )  # fmt: skip


@transaction.atomic
def close(user: User) -> None:
    """End a partner's person's account at the platform, at their wish.

    What regions told of them stays without their address. What a region itself keeps of its
    partners' people is its own record, and asked for there.

    Raises:
        PermissionDenied: for an operator; a superuser ends that account.
    """
    if who_is(user):
        raise PermissionDenied
    address = user.email or ""
    if address:
        _one_at_a_time(address)
        PartnerAccess.objects.filter(email=address).update(email="", until=None)
    close_account(user=user)


@transaction.atomic
def note_use(access: PartnerAccess) -> None:
    """Write down that somebody was sent on to a region."""
    access.used_at = timezone.now()
    access.save(update_fields=["used_at"])
    audit.record(
        action="partner_access.used", target=str(access.key),
        after=_facts(access.region.slug, access.role, access.until),
    )  # fmt: skip


def _one_at_a_time(email: str) -> None:
    """Let a second region that names the same person wait: both would make the account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('hub.person'), hashtext(%s))", [email.lower()]
        )


def _facts(slug: str, role: str, until: "date | None") -> dict[str, object]:
    return {"region": slug, "role": role, "until": until}
