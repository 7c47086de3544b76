"""Import a table of agencies: all of it, or nothing and a list of what is wrong."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from balai.directory import tables
from balai.directory.models import Agency
from balai.directory.services.agencies import create_agency, move_agency, update_agency


@dataclass(frozen=True, slots=True)
class TableResult:
    """How many agencies the import created, and how many rows were already so or changed."""

    created: int
    updated: int


@transaction.atomic
def import_agencies(*, content: bytes) -> TableResult:
    """Create and update agencies from a CSV file (columns: code, name, short_name, kind, parent,
    email, phone). An existing code is updated; a cell whose column is missing stays as it is.

    Raises:
        tables.TableError: when any row is wrong; nothing is changed then.
    """
    rows = tables.read(content)
    errors: list[tables.RowError] = []
    created = updated = 0
    parents: list[tuple[int, Agency, str]] = []
    seen: set[str] = set()
    for number, values in rows:
        try:
            agency, is_new = _save(values, seen)
        except (ValidationError, ValueError) as error:
            errors += [tables.RowError(number, text) for text in _texts(error)]
            continue
        created, updated = created + is_new, updated + (not is_new)
        if "parent" in values:
            parents.append((number, agency, values["parent"]))
    errors += _move(parents)
    if errors:
        raise tables.TableError(sorted(errors, key=lambda error: error.row))
    return TableResult(created, updated)


def _save(values: dict[str, str], seen: set[str]) -> tuple[Agency, bool]:
    fields: dict[str, Any] = {
        key: value for key, value in values.items() if key not in ("code", "parent")
    }
    for column in tables.REQUIRED:
        if not fields.get(column):
            raise ValidationError(_("The column %(name)s is empty.") % {"name": column})
    if "kind" in fields:
        fields["kind"] = tables.kind_of(fields["kind"])
    code = values.get("code", "").lower()
    if code and code in seen:
        raise ValidationError(_("The code %(code)s stands in two rows.") % {"code": code})
    seen.add(code)
    known = Agency.objects.filter(code=code).first() if code else None
    if known is not None:
        return update_agency(agency=known, **fields), False
    return create_agency(code=code, **fields), True


def _move(parents: list[tuple[int, Agency, str]]) -> list[tables.RowError]:
    """Set the parents once every agency exists, so that rows may stand in any order."""
    by_code = {agency.code: agency for agency in Agency.objects.all()}
    errors = []
    for number, agency, code in parents:
        parent = by_code.get(code.lower()) if code else None
        if code and parent is None:
            text = _("No agency has the code %(code)s.") % {"code": code}
            errors.append(tables.RowError(number, text))
            continue
        if agency.parent_id == (parent.pk if parent else None):
            continue
        try:
            move_agency(agency=agency, parent=parent)
        except ValidationError as error:
            errors += [tables.RowError(number, text) for text in error.messages]
    return errors


def _texts(error: ValidationError | ValueError) -> list[str]:
    if not isinstance(error, ValidationError):
        return [str(error)]
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        f"{field}: {text}" if field != "__all__" else text
        for field, texts in error.message_dict.items()
        for text in texts
    ]
