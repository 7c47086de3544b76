"""Changes to the directory. All arguments are keywords; every change is audited."""

from balai.directory.services.agencies import (
    change_agency,
    close_agency,
    create_agency,
    move_agency,
    reopen_agency,
    update_agency,
)
from balai.directory.services.boundaries import (
    apply_boundaries,
    discard_boundaries,
    prepare_boundaries,
    undo_boundaries,
)
from balai.directory.services.loading import (
    AreasLoaded,
    load_agencies,
    load_reference_areas,
)
from balai.directory.services.office_holders import remove_office_holder, save_office_holder
from balai.directory.services.tables import import_agencies

__all__ = [
    "AreasLoaded",
    "apply_boundaries",
    "change_agency",
    "close_agency",
    "create_agency",
    "discard_boundaries",
    "import_agencies",
    "load_agencies",
    "load_reference_areas",
    "move_agency",
    "prepare_boundaries",
    "remove_office_holder",
    "reopen_agency",
    "save_office_holder",
    "undo_boundaries",
    "update_agency",
]
