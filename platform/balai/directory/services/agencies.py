"""Create, change, move, close and reopen one agency."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _, ngettext

from balai import audit, outbox
from balai.directory import selectors
from balai.directory.models import Agency

EDITABLE = ("kind", "name", "short_name", "email", "phone", "area_id")


@transaction.atomic
def create_agency(
    *,
    name: str,
    short_name: str,
    kind: str = Agency.Kind.OPD,
    parent: Agency | None = None,
    email: str = "",
    phone: str = "",
    area_id: int | None = None,
    code: str = "",
) -> Agency:
    """Create an agency; without a ``code`` it gets one made from its short name.

    Raises:
        ValidationError: when a value does not fit or the code is taken.
    """
    agency = Agency(
        code=code or free_code(short_name),
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        email=email,
        phone=phone,
        area_id=area_id,
    )
    agency.full_clean(exclude=["parent", "area"])
    agency.save()
    audit.record(action="agency.created", target=agency.code, after=_values(agency))
    return agency


@transaction.atomic
def update_agency(*, agency: Agency, **fields: Any) -> Agency:
    """Change some of an agency's fields (kind, name, short_name, email, phone, area_id).

    Raises:
        TypeError: for any other field.
        ValidationError: when a value does not fit.
    """
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be changed here")
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    before = _values(agency)
    for field, value in fields.items():
        setattr(agency, field, value)
    agency.full_clean(exclude=["parent", "area", "code"], validate_constraints=False)
    after = _values(agency)
    if before == after:
        return agency
    agency.save(update_fields=list(fields))
    changed = {key for key in after if after[key] != before[key]}
    audit.record(
        action="agency.changed",
        target=agency.code,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return agency


@transaction.atomic
def change_agency(*, agency: Agency, parent: Agency | None, **fields: Any) -> Agency:
    """Move an agency and change its fields; if either fails, neither happens.

    Raises:
        ValidationError: as :func:`move_agency` and :func:`update_agency` do.
    """
    return update_agency(agency=move_agency(agency=agency, parent=parent), **fields)


@transaction.atomic
def move_agency(*, agency: Agency, parent: Agency | None) -> Agency:
    """Put an agency, with everything beneath it, under another one or at the top.

    Raises:
        ValidationError: when the new place is beneath the agency itself.
    """
    # All rows are locked: two moves at once could otherwise close a circle.
    places = {row.pk: row for row in Agency.objects.select_for_update().order_by("pk")}
    agency = places[agency.pk]
    step = places.get(parent.pk) if parent else None  # as it stands now, not as the caller read it
    while step is not None:
        if step.pk == agency.pk:
            raise ValidationError(
                {"parent": _("%(name)s cannot be part of itself.") % {"name": agency.name}}
            )
        step = places.get(step.parent_id or 0)
    before, after = agency.parent_id, parent.pk if parent else None
    if before == after:
        return agency
    agency.parent = parent
    agency.save(update_fields=["parent"])
    audit.record(
        action="agency.moved",
        target=agency.code,
        before={"parent": places[before].code if before else ""},
        after={"parent": parent.code if parent else ""},
    )
    return agency


@transaction.atomic
def close_agency(*, agency: Agency) -> Agency:
    """Close an agency: nothing new is sent to it; what it did and who worked there stays.

    Raises:
        ValidationError: while agencies beneath it are still open.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    below = selectors.open_below(agency)
    if below:
        raise ValidationError(
            ngettext(
                "%(n)s agency belongs to %(name)s. Move or close it first.",
                "%(n)s agencies belong to %(name)s. Move or close them first.",
                below,
            )
            % {"n": below, "name": agency.name}
        )
    return _switch(agency, on=False)


@transaction.atomic
def reopen_agency(*, agency: Agency) -> Agency:
    """Take a closed agency back into service; with a closed parent it comes back at the top."""
    agency = Agency.objects.select_for_update().select_related(None).get(pk=agency.pk)
    if agency.parent_id and not Agency.objects.filter(pk=agency.parent_id, active=True).exists():
        agency = move_agency(agency=agency, parent=None)
    return _switch(agency, on=True)


def free_code(short_name: str) -> str:
    """Return a code made from a short name that no agency has: "dlh", "dlh-2"."""
    base = (slugify(short_name) or "agency").replace("_", "-")[:36]
    taken = set(Agency.objects.filter(code__startswith=base).values_list("code", flat=True))
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _switch(agency: Agency, *, on: bool) -> Agency:
    if agency.active == on:
        return agency
    agency.active = on
    agency.save(update_fields=["active"])
    name = "reopened" if on else "closed"
    outbox.publish(f"directory.agency_{name}", key=agency.code, agency_id=agency.pk)
    audit.record(action=f"agency.{name}", target=agency.code)
    return agency


def _values(agency: Agency) -> dict[str, Any]:
    return {
        "kind": str(agency.kind),
        "name": agency.name,
        "short_name": agency.short_name,
        "email": agency.email,
        "phone": agency.phone,
        "area_id": agency.area_id,
    }
