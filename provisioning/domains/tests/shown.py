"""A region's own domain for the two-city matrix."""

from balai.context import current_region, platform
from provisioning.models import OwnDomain
from tenants.models import Domain


def exhibits(canary: str) -> dict[str, dict[str, object]]:
    """Note one unproved domain of the active region; its main address is there already."""
    region = current_region()
    with platform():
        own = OwnDomain.objects.create(
            region_id=region.id, name=f"{canary.lower()}.go.id", token=canary, added_by=canary
        )
        main = Domain.objects.filter(tenant_id=region.id).first()
    return {
        "domains_console:check": {"pk": own.pk},
        "domains_console:remove": {"pk": own.pk},
        "domains_console:prefer": {"pk": main.pk},
    }
