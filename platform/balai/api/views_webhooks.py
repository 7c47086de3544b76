"""The console's pages of webhooks: addresses that are told of events."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.api import presenting, scopes, selectors, webhook_services as services, webhooks
from balai.api.forms import DeliveryFilterForm, WebhookForm
from balai.api.models import WebhookDelivery, WebhookEndpoint
from balai.ui.paging import paged

PER_PAGE = 25
BASE = "balai/console.html"


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the addresses."""
    page = paged(request, selectors.endpoints(), PER_PAGE)
    offered = scopes.topics()
    entries = [presenting.endpoint(row, offered) for row in page.object_list]
    shown = {"page": page, "entries": entries, "offered": bool(offered)}
    return render(request, "api_console/webhooks.html", shown)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add an address."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        endpoint = services.create(**form.cleaned_data, by=user)
        messages.success(request, _("The webhook has been added. Send it a test event."))
        return redirect("api_console:webhook", endpoint.uuid)
    shown = {"form": form, "offered": bool(scopes.topics())}
    return render(request, "api_console/webhook_form.html", shown, status=_status(form))


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Change an address or what it is told of."""
    endpoint = _endpoint(reference)
    form = WebhookForm(request.POST or None, endpoint=endpoint)
    if request.method == "POST" and form.is_valid():
        services.change(endpoint=endpoint, **form.cleaned_data)
        messages.success(request, _("The webhook has been saved."))
        return redirect("api_console:webhook", endpoint.uuid)
    shown = {"form": form, "endpoint": endpoint, "offered": True}
    return render(request, "api_console/webhook_form.html", shown, status=_status(form))


@console_required
@never_cache
@require_safe
def detail(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Show an address, its secret and what it was sent."""
    endpoint = _endpoint(reference)
    form = DeliveryFilterForm(request.GET)
    found = selectors.deliveries(endpoint, **form.cleaned_data if form.is_valid() else {})
    page = paged(request, found, PER_PAGE)
    shown = {
        "entry": presenting.endpoint(endpoint, scopes.topics()),
        "secret": webhooks.secret_of(endpoint),
        "most_failures": webhooks.MOST_FAILURES,
        "form": form,
        "filtered": bool(request.GET.get("q") or request.GET.get("status")),
        "page": page,
        "deliveries": [presenting.delivery(row) for row in page.object_list],
    }
    return render(request, "api_console/webhook.html", shown)


@console_required
@require_safe
def delivery(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Show what was sent and what came back."""
    row = _delivery(reference)
    shown = {"entry": presenting.delivery(row), "endpoint": row.endpoint}
    return render(request, "api_console/delivery.html", shown)


@console_required
@require_POST
def test(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Send a test event."""
    row = services.test(endpoint=_endpoint(reference))
    messages.success(request, _("A test event is on its way. Reload to see what came of it."))
    return redirect("api_console:webhook", row.endpoint.uuid)


@console_required
@require_POST
def resume(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Call the address again."""
    endpoint = _endpoint(reference)
    sent = services.resume(endpoint=endpoint)
    words = ngettext(
        "The webhook is in use again; %(n)s waiting event is sent now.",
        "The webhook is in use again; %(n)s waiting events are sent now.",
        sent,
    )
    messages.success(request, words % {"n": sent} if sent else _("The webhook is in use again."))
    return redirect("api_console:webhook", endpoint.uuid)


@console_required
@require_POST
def redeliver(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Send an event once more."""
    row = _delivery(reference)
    services.redeliver(delivery=row)
    if row.endpoint.active:
        messages.success(request, _("The event is on its way again."))
    else:
        messages.info(request, _("The event is sent once the webhook is in use again."))
    return redirect("api_console:delivery", row.uuid)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Ask, then stop calling the address."""
    endpoint = _endpoint(reference)
    if request.method == "POST":
        services.pause(endpoint=endpoint)
        return redirect("api_console:webhook", endpoint.uuid)
    return _ask(
        request,
        endpoint,
        question=_("Pause the webhook %(name)s?") % {"name": endpoint.name},
        stops=_("The address is no longer called. What happens meanwhile is not kept for it."),
        stays=_("Events that wait already: they are sent when it is in use again."),
        yes=_("Pause"),
    )


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Ask, then make a new signing secret."""
    endpoint = _endpoint(reference)
    if request.method == "POST":
        services.rotate(endpoint=endpoint)
        messages.success(request, _("There is a new secret. Enter it in the other program now."))
        return redirect("api_console:webhook", endpoint.uuid)
    return _ask(
        request,
        endpoint,
        question=_("Make a new secret for %(name)s?") % {"name": endpoint.name},
        stops=_("Nothing is signed with the old secret any more, waiting events included."),
        stays=_("The address and everything it was sent."),
        yes=_("Make a new secret"),
    )


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Ask, then forget the address."""
    endpoint = _endpoint(reference)
    if request.method == "POST":
        services.delete(endpoint=endpoint)
        messages.success(request, _("%(name)s has been removed.") % {"name": endpoint.name})
        return redirect("api_console:webhooks")
    return _ask(
        request,
        endpoint,
        question=_("Remove the webhook %(name)s?") % {"name": endpoint.name},
        stops=_("The address is no longer called, and the list of what it was sent is deleted."),
        stays=_("The line in the audit log."),
        yes=_("Remove"),
    )


def _ask(request: HttpRequest, endpoint: WebhookEndpoint, **words: str) -> HttpResponse:
    back = reverse("api_console:webhook", args=[endpoint.uuid])
    shown = {**words, "no": _("Back"), "back": back, "danger": True, "confirm_base": BASE}
    return render(request, "balai/confirm.html", shown)


def _endpoint(reference: UUID) -> WebhookEndpoint:
    return get_object_or_404(WebhookEndpoint, uuid=reference)


def _delivery(reference: UUID) -> WebhookDelivery:
    return get_object_or_404(WebhookDelivery.objects.select_related("endpoint"), uuid=reference)


def _status(form: WebhookForm) -> int:
    return 422 if form.is_bound and form.errors else 200
