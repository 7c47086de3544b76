"""What the apex tells of an erased region: how far it is, and the certificate."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from provisioning.leaving import holding
from provisioning.models import Erasure


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say until when the data are kept, or what was erased and when."""
    from provisioning.leaving import certificate  # fpdf loads slowly, and few processes print

    erasure = get_object_or_404(Erasure.objects.select_related("region"), uuid=uuid)
    facts = certificate.facts(erasure) if erasure.finished_at else []
    told = {"erasure": erasure, "facts": facts}
    return render(request, "provisioning/leaving/erased.html", told)


@require_safe
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the certificate."""
    from provisioning.leaving import certificate  # fpdf loads slowly, and few processes print

    erasure = get_object_or_404(Erasure.objects.select_related("region"), uuid=uuid)
    if erasure.finished_at is None:
        raise Http404
    response = HttpResponse(
        certificate.render(erasure, holding.page_of(erasure)), content_type="application/pdf"
    )
    name = f"erasure-{erasure.region.slug}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
