"""The program of a partner: a key of the kernel's API that is tied to the institution."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.api import key_services
from balai.api.models import ApiKey
from modules.partners.models import Partner
from modules.partners.selectors import agreements
from modules.partners.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

SCOPES: Final = ("partners:read", "partners:answer")
PER_MINUTE: Final = 60


@transaction.atomic
def register(
    *, partner: Partner, by: "User", answers: bool = True, per_minute: int = PER_MINUTE
) -> tuple[str, str]:
    """Give a partner's program a client id and a secret, in place of those it had.

    The secret is returned once and not stored. Both end with the partner's last co-operation.

    Raises:
        NotAllowed: while no co-operation is in force.
    """
    row = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    last = agreements.living().filter(partner=row).order_by("-ends_on").first()
    if last is None:
        raise NotAllowed(_("Write down the co-operation first: it gives access until its end."))
    revoke(partner=row)
    ends = timezone.make_aware(datetime.combine(last.ends_on + timedelta(days=1), time.min))
    key, secret = key_services.create(
        name=row.short_name, scopes=SCOPES if answers else SCOPES[:1], per_minute=per_minute,
        by=by, expires_at=ends,
    )  # fmt: skip
    row.api_key = key
    row.save(update_fields=["api_key"])
    audit.record(action="partners.client_made", target=str(row.uuid), after={"client": key.prefix})
    return key.prefix, secret


@transaction.atomic
def revoke(*, partner: Partner) -> None:
    """End a partner's program at once; nothing happens where there is none."""
    if partner.api_key is not None:
        key_services.revoke(key=partner.api_key)


def partner_of(key: ApiKey) -> Partner | None:
    """Return the institution a key belongs to, or None."""
    return Partner.objects.filter(api_key=key, active=True).first()
