"""The directory of regions, in the shared schema."""

from tenants.models.domain import Domain
from tenants.models.key import RegionKey
from tenants.models.region import Region
from tenants.models.retired import RetiredName
from tenants.models.switch import ModuleSwitch

__all__ = ["Domain", "ModuleSwitch", "Region", "RegionKey", "RetiredName"]
