"""The directory's tables; every region has its own."""

from balai.directory.models.agency import Agency
from balai.directory.models.area import Area
from balai.directory.models.boundary_import import BoundaryImport
from balai.directory.models.office_holder import OfficeHolder

__all__ = ["Agency", "Area", "BoundaryImport", "OfficeHolder"]
