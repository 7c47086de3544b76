"""Officers from a spreadsheet: every row is checked first, then all are invited or none."""

import csv
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.accounts import roles
from balai.accounts.forms import ContactField
from balai.accounts.members import invitations, services
from balai.accounts.members.invitations import Offer
from balai.accounts.members.models import Invitation
from balai.accounts.models import User
from balai.directory.models import Agency

MOST: Final = 1000
COLUMNS: Final = {
    "contact": ("kontak", "email", "surel", "telepon", "contact", "phone"),
    "name": ("nama", "name"),
    "role": ("peran", "role"),
    "agency": ("kode_dinas", "dinas", "agency"),
    "until": ("sampai", "until"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: an offer, or what is wrong with it."""

    number: int
    contact: str
    offer: Offer | None
    problems: tuple[str, ...] = ()


def read(text: str) -> list[Row]:
    """Return the rows of a CSV with a head line; commas or semicolons, columns in any order.

    Raises:
        ValidationError: when the file as a whole is unusable.
    """
    lines = text.strip().splitlines()
    if len(lines) > MOST + 1:
        raise ValidationError(_("At most %(most)s lines at once.") % {"most": MOST})
    dialect = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=dialect)
    names = _names(reader.fieldnames or [])
    if "contact" not in names or "role" not in names:
        raise ValidationError(_("The first line must name the columns: kontak, peran."))
    agencies = {agency.code: agency for agency in Agency.objects.filter(active=True)}
    seen = _invited()
    return [
        _row(number, {key: (raw.get(name) or "").strip() for key, name in names.items()},
             agencies, seen)
        for number, raw in enumerate(reader, start=2)
    ]  # fmt: skip


@transaction.atomic
def invite_all(*, rows: list[Row], by: User) -> int:
    """Invite everybody; return how many.

    Raises:
        ValidationError: when any row has a problem; then nobody was invited.
    """
    for row in rows:
        if row.offer is None:
            raise ValidationError(_("Mend the lines with a mistake first."))
        invitations.invite(offer=row.offer, by=by)
    return len(rows)


def _names(head: Any) -> dict[str, str]:
    given = {str(name).strip().lower().replace(" ", "_"): name for name in head if name}
    return {key: given[word] for key, words in COLUMNS.items() for word in words if word in given}


def _invited() -> set[tuple[str, str, Any]]:
    open_ones = Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    return {(one.address, one.role, one.agency_id) for one in open_ones}


def _row(
    number: int, raw: dict[str, str], agencies: dict[str, Agency], seen: set[tuple[str, str, Any]]
) -> Row:
    problems: list[str] = []
    contact = _contact(raw["contact"], problems)
    role = _role(raw["role"], problems)
    agency = agencies.get(raw.get("agency", ""))
    if raw.get("agency") and agency is None:
        problems.append(_("There is no agency with the code %(code)s.") % {"code": raw["agency"]})
    elif role:
        _try(problems, services.check_role, role, agency)
    until = _until(raw.get("until", ""), problems)
    key = (contact, role, agency.pk if agency else None)
    if contact and key in seen:
        problems.append(_("This person is invited to this already, here or in a line above."))
    seen.add(key)
    offer = Offer(contact, role, agency, raw.get("name", "")[:120], until)
    return Row(number, raw["contact"], None if problems else offer, tuple(problems))


def _contact(text: str, problems: list[str]) -> str:
    return str(_try(problems, ContactField().clean, text) or "")


def _role(text: str, problems: list[str]) -> str:
    wanted = text.casefold()
    for role in roles.offered():
        if wanted in (role.slug, str(role.label).casefold()):
            return role.slug
    problems.append(_("There is no role called “%(role)s”.") % {"role": text})
    return ""


def _until(text: str, problems: list[str]) -> datetime | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        end = timezone.make_aware(datetime.combine(day, time.max))
        if end < timezone.now():
            problems.append(_("The day %(day)s is over.") % {"day": text})
        return end
    problems.append(_("Write the day as 2026-12-31."))
    return None


def _try(problems: list[str], check: Any, *args: Any) -> Any:
    try:
        return check(*args)
    except ValidationError as error:
        problems.extend(error.messages)
        return None
