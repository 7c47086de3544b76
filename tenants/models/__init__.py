"""The directory of regions, in the shared schema."""

from tenants.models.cell import Cell
from tenants.models.domain import Domain
from tenants.models.key import RegionKey
from tenants.models.region import Region
from tenants.models.retired import RetiredName
from tenants.models.switch import ModuleSwitch

__all__ = ["Cell", "Domain", "ModuleSwitch", "Region", "RegionKey", "RetiredName"]
