"""An employer signs up, is checked, and lets colleagues act for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, secrets, signing
from modules.jobs import rights
from modules.jobs.models import Employer, EmployerMember
from modules.jobs.services import moving, vacancies
from modules.jobs.states import EmployerState
from modules.jobs.workflow import NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

NPWP: Final = "jobs.npwp"
INVITED: Final = "jobs.invited"
INVITATION_AGE: Final = 7 * 24 * 3600
TOLD: Final = (
    "name", "kind", "sector", "nib", "about", "address", "district", "contact_name", "email",
    "phone", "website",
)  # fmt: skip
CHECKED: Final = ("name", "kind", "nib")
"""What an officer has checked: who changes it is checked again. So is the tax number."""


@transaction.atomic
def register(
    *,
    told: Mapping[str, Any],
    by: "User",
    now: datetime | None = None,
    sample: bool = False,
) -> Employer:
    """Store a new employer, with ``by`` as its owner; officers are asked to check it.

    Args:
        told: the fields of :data:`TOLD` and ``npwp``, its digits or "".

    Raises:
        NotAllowed: when the NIB is registered already.
    """
    now = now or timezone.now()
    row = Employer(**{name: told[name] for name in TOLD}, sample=sample, created_at=now)
    row.npwp = _sealed(told.get("npwp", ""))
    moving.write(row, "register", text="", who=Who.EMPLOYER, now=now)
    moving.begin(row, "verify_days", now)
    _save_once(row)
    EmployerMember.objects.create(employer=row, user=by, owner=True, joined_at=now)
    moving.told(row, "register")
    return row


@transaction.atomic
def amend(
    *, employer: Employer, told: Mapping[str, Any], by: "User", now: datetime | None = None
) -> Employer:
    """Change what is known of an employer. What was checked is checked again.

    Raises:
        NotAllowed: for a suspended employer, or a NIB that is registered already.
        PermissionDenied: for whoever does not act for it.
    """
    if not rights.acts_for(by, employer):
        raise PermissionDenied
    current = moving.locked(employer)
    if current.state == EmployerState.SUSPENDED:
        raise NotAllowed(_("The employer is suspended. Ask the manpower office."))
    again = told.get("npwp") or any(told[name] != getattr(current, name) for name in CHECKED)
    renamed = told["name"] != current.name
    for name in TOLD:
        setattr(current, name, told[name])
    if told.get("npwp"):
        current.npwp = _sealed(told["npwp"])
    _save_once(current)
    if renamed:
        vacancies.index(current)
    if current.state == EmployerState.RETURNED:
        return moving.move("resubmit", current, by=by, now=now)
    if current.state == EmployerState.VERIFIED and again:
        return moving.move("amend", current, by=by, now=now)
    audit.record(action="jobs.employer_changed", target=str(current.uuid))
    return current


def verify(*, employer: Employer, by: "User", now: datetime | None = None) -> Employer:
    """Let an employer post vacancies: its NIB and NPWP were checked."""
    now = now or timezone.now()
    changes = {"verified_at": now}
    return moving.move("verify", employer, by=by, changes=changes, now=now)


def invitation(employer: Employer, email: str) -> str:
    """Return a token with which the account of ``email`` joins the employer, good for a week."""
    return signing.dumps([str(employer.uuid), email.lower()], salt=INVITED)


def read_invitation(token: str) -> tuple[str, str]:
    """Return the employer's uuid and the invited address; raises BadSignature."""
    employer, email = signing.loads(token, salt=INVITED, max_age=INVITATION_AGE)
    return employer, email


@transaction.atomic
def join(*, employer: Employer, user: "User") -> EmployerMember:
    """Let an invited account act for the employer; joining twice is joining once."""
    now = timezone.now()
    row, fresh = EmployerMember.objects.get_or_create(
        employer=employer, user=user, defaults={"joined_at": now}
    )
    if fresh:
        audit.record(action="jobs.member_joined", target=str(employer.uuid))
    return row


@transaction.atomic
def remove(*, member: EmployerMember, by: "User") -> None:
    """End an account's right to act for the employer; the last owner stays.

    Raises:
        PermissionDenied: unless ``by`` is an owner or the member itself.
        NotAllowed: for the last owner.
    """
    employer = moving.locked(member.employer)
    if member.user_id != by.pk and not rights.owns(by, employer):
        raise PermissionDenied
    others = EmployerMember.objects.filter(employer=employer, owner=True).exclude(pk=member.pk)
    if member.owner and not others.exists():
        raise NotAllowed(_("Somebody must be able to decide who acts for the employer."))
    member.delete()
    audit.record(action="jobs.member_removed", target=str(employer.uuid))


def npwp_tail(employer: Employer) -> str:
    """Return the tax number but for its middle, "" where none was told."""
    if not employer.npwp:
        return ""
    digits = secrets.unseal(employer.npwp, purpose=NPWP)
    return f"{digits[:2]}{'•' * (len(digits) - 5)}{digits[-3:]}"


def npwp(employer: Employer) -> str:
    """Return the whole tax number, for the officer who checks it."""
    return secrets.unseal(employer.npwp, purpose=NPWP) if employer.npwp else ""


def _sealed(digits: str) -> bytes | None:
    return secrets.seal(digits, purpose=NPWP) if digits else None


def _save_once(row: Employer) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAllowed(
            _("This NIB is registered already. Ask whoever registered it to invite you.")
        ) from error
