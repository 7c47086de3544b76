"""The console's page that leads a region out, stage by stage."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balai.accounts.guards import console_required
from balai.context import current_region, platform
from balai.endpoints import Endpoint, belongs
from provisioning.leaving.stages import stages
from provisioning.models import Backup


@belongs(Endpoint.EXPORT)
@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show how far the region is on its way out, and its last backup."""
    found = stages()
    here = current_region()
    with platform():
        backup = Backup.objects.filter(region_id=here.id).first()
    return render(request, "provisioning/leaving/index.html", {"stages": found, "backup": backup})
