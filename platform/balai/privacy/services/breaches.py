"""A breach: written down, approved by two people, told to everybody whose data were exposed.

Source: UU PDP 27/2022, article 46: within three times 24 hours, to the people and the authority.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, notify, outbox
from balai.accounts.models import User as Account
from balai.privacy import reach, registry
from balai.privacy.models import Breach
from balai.privacy.person import digest
from balai.privacy.reach import Reached
from balai.privacy.states import BreachState, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

TELL: Final = "privacy.breach_told"
"""Topic: the next batch of people is to be written to; ``start`` is its place in the order."""
BATCH: Final = 500
TEMPLATE: Final = "privacy/breach"
FIELDS: Final = (
    "title", "noticed_at", "since", "until", "purposes", "how", "measures", "contact",
)  # fmt: skip


@transaction.atomic
def record(*, told: Mapping[str, Any], now: datetime | None = None) -> Breach:
    """Write a breach down; its 72 hours run from when it was noticed."""
    row = Breach.objects.create(
        **{name: told[name] for name in FIELDS}, created_at=now or timezone.now()
    )
    audit.record(
        action="privacy.breach_recorded", target=row.number, after={"purposes": row.purposes}
    )
    return row


@transaction.atomic
def edit(*, breach: Breach, told: Mapping[str, Any]) -> Breach:
    """Change what is known; approvals of the old words are void.

    Raises:
        NotAllowed: once people were told.
    """
    row = _unsent(breach)
    for name in FIELDS:
        setattr(row, name, told[name])
    row.state, row.approved_by = BreachState.DRAFT, None
    row.save(update_fields=[*FIELDS, "state", "approved_by"])
    audit.record(action="privacy.breach_changed", target=row.number)
    return row


@transaction.atomic
def approve(*, breach: Breach, by: "User", now: datetime | None = None) -> Breach:
    """Approve the notice; the second person's approval sends it.

    Raises:
        NotAllowed: for the same person twice, or once people were told.
    """
    row = _unsent(breach)
    if row.state == BreachState.DRAFT:
        row.state, row.approved_by = BreachState.APPROVED, by
        row.save(update_fields=["state", "approved_by"])
    elif row.approved_by_id == by.pk:
        raise NotAllowed(_("A second person must approve it."))
    else:
        row.state, row.second_by = BreachState.SENT, by
        row.sent_at, row.people = now or timezone.now(), len(affected(row))
        row.save(update_fields=["state", "second_by", "sent_at", "people"])
        outbox.publish(TELL, key=row.uuid.hex, breach=row.pk, start=0)
    audit.record(
        action=f"privacy.breach_{row.state}", target=row.number, after={"people": row.people}
    )
    return row


@transaction.atomic
def authority_told(*, breach: Breach, now: datetime | None = None) -> None:
    """Write down that the authority has the notice (article 46 (1) b)."""
    row = Breach.objects.select_for_update().get(pk=breach.pk)
    if row.authority_at is None:
        row.authority_at = now or timezone.now()
        row.save(update_fields=["authority_at"])
        audit.record(action="privacy.breach_authority_told", target=row.number)


def tell_batch(*, breach: int, start: int) -> int:
    """Write to the next people, in the caller's transaction, and ask for those after them."""
    row = Breach.objects.get(pk=breach)
    batch = affected(row)[start : start + BATCH]
    users = Account.objects.in_bulk([one.user for one in batch if one.user])
    for one in batch:
        _write(row, one, users.get(one.user))
    if len(batch) == BATCH:
        outbox.publish(TELL, key=row.uuid.hex, breach=row.pk, start=start + BATCH)
    return len(batch)


def affected(breach: Breach) -> list[Reached]:
    """Return whose data were exposed, as far as the tables tell."""
    return reach.people(reach.tables_of(breach.purposes), until=breach.until)


def _write(row: Breach, one: Reached, user: "User | None") -> None:
    to = notify.Recipient(user=user, email=one.email, phone=one.phone)
    who = f"u{one.user}" if one.user else digest(one.email or one.phone)
    notify.send(
        template=TEMPLATE, to=to,
        context={
            "number": row.number, "since": row.since, "until": row.until, "how": row.how,
            "measures": row.measures, "contact": row.contact,
            "data": [str(label) for label in data_words(row.purposes)],
        },
        dedupe_key=f"privacy.breach:{row.pk}:{who}",
    )  # fmt: skip


def data_words(purposes: list[str]) -> list[Any]:
    """Return what kinds of data the purposes hold, in words (article 46 (2) a)."""
    found = (registry.purpose(slug) for slug in purposes)
    return list(dict.fromkeys(word for one in found if one for word in one.data))


def _unsent(breach: Breach) -> Breach:
    row = Breach.objects.select_for_update().get(pk=breach.pk)
    if row.state == BreachState.SENT:
        raise NotAllowed(_("People were told already."))
    return row
