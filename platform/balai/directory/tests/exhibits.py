"""One of everything that an address of ours names (I-01)."""

from balai.directory import services
from balai.directory.models import Area, BoundaryImport

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Make an agency, its head, an area and an upload in the active region."""
    agency = services.create_agency(name=CANARY, short_name=CANARY, email="kanari@contoh.test")
    head = services.save_office_holder(agency=agency, title=CANARY, name=CANARY)
    area = Area.objects.create(code="36.71.99", kind=Area.Kind.DISTRICT, name=CANARY)
    upload = BoundaryImport.objects.create(file_name=CANARY, level=Area.Kind.DISTRICT)
    by_code: dict[str, object] = {"code": agency.code}
    by_reference: dict[str, object] = {"reference": upload.uuid}
    return {
        "directory_console:agency": by_code,
        "directory_console:agency_close": by_code,
        "directory_console:agency_reopen": by_code,
        "directory_console:holder": {"pk": head.pk},
        "directory_console:holder_remove": {"pk": head.pk},
        "directory_console:area": {"code": area.code},
        "directory_console:boundary_draft": by_reference,
        "directory_console:boundary_apply": by_reference,
        "directory_console:boundary_discard": by_reference,
        "directory_console:boundary_undo": by_reference,
    }
