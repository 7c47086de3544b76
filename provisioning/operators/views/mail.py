"""What did not get out of a region: events and webhooks; what they carry is not shown."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai import context
from balai.api import webhook_services
from balai.api.models import WebhookDelivery
from balai.outbox import letters
from balai.ui.paging import paged
from provisioning.operators.guard import page
from provisioning.operators.ranks import Who
from tenants import selectors
from tenants.models import Region
from tenants.states import WORKING

PER_PAGE = 50


@page()
@require_safe
def outbox(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """List the events that have not reached their receivers."""
    row, active = _region(pk)
    with context.region_context(active):
        found = paged(request, letters.undelivered(), PER_PAGE)
        events = list(found.object_list)
    shown = {"who": who, "region": row, "page": found, "events": events, "here": "regions"}
    return render(request, "provisioning/operations/outbox.html", shown)


@page("act")
@require_POST
def resend(request: HttpRequest, who: Who, pk: int, event: int) -> HttpResponse:
    """Send an event again."""
    _row, active = _region(pk)
    with context.region_context(active):
        if not letters.resend(event):
            raise Http404
    messages.success(request, _("The event is being sent again."))
    return redirect("operations:outbox", pk)


@page()
@require_safe
def webhooks(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """List the webhook deliveries that were given up."""
    row, active = _region(pk)
    with context.region_context(active):
        given_up = WebhookDelivery.objects.filter(status=WebhookDelivery.Status.FAILED)
        rows = given_up.select_related("endpoint").defer("body")
        found = paged(request, rows, PER_PAGE)
        deliveries = list(found.object_list)
    shown = {"who": who, "region": row, "page": found, "deliveries": deliveries, "here": "regions"}
    return render(request, "provisioning/operations/webhooks.html", shown)


@page("act")
@require_POST
def redeliver(request: HttpRequest, who: Who, pk: int, delivery: int) -> HttpResponse:
    """Call a webhook again."""
    _row, active = _region(pk)
    with context.region_context(active):
        found = WebhookDelivery.objects.filter(
            pk=delivery, status=WebhookDelivery.Status.FAILED
        ).first()
        if found is None:
            raise Http404
        webhook_services.redeliver(delivery=found)
    messages.success(request, _("The webhook is called again."))
    return redirect("operations:webhooks", pk)


def _region(pk: int) -> tuple[Region, context.Region]:
    row = get_object_or_404(Region, pk=pk, state__in=WORKING)
    return row, selectors.freeze(row)
