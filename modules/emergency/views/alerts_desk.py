"""The desk of alerts: the list, the composer, one alert with its previews and its next steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from balai.context import current_region
from modules.emergency import alert_forms, alert_looks, alert_templates, conf, topics
from modules.emergency.models import Alert
from modules.emergency.selectors import alerts
from modules.emergency.services import alerting
from modules.emergency.views import alert_cards
from modules.emergency.views.alert_pages import SEE, WRITE, alert_page

ROWS = 50


@never_cache
@require_safe
@desk_required(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """List the alerts: what waits, what is in force, what was."""
    return render(request, "emergency/alerts/desk.html", _rows(request))


@never_cache
@require_safe
@desk_required(SEE)
def rows(request: HttpRequest) -> HttpResponse:
    """Answer with the list alone, for a page that is open."""
    return render(request, "emergency/alerts/parts/rows.html", _rows(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(WRITE)
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin an alert, from a prepared one or from nothing."""
    template = alert_templates.find(request.GET.get("template", ""))
    if request.method == "POST":
        return _save(request, alert_forms.AlertForm(request.POST), None)
    began = {**alert_cards.times(template.hours if template else 6), "contact": "112"}
    began |= alert_templates.initial(template) if template else {"status": "Actual"}
    form = alert_forms.AlertForm(initial=began)
    return _composer(request, form, None, template=template)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(WRITE)
def edit(request: HttpRequest, alert: UUID) -> HttpResponseBase:
    """Change a draft."""
    found = get_object_or_404(Alert, uuid=alert)
    if found.state != Alert.State.DRAFT:
        messages.error(request, str(alerting.MOVED_ON))
        return redirect("emergency_desk:alert", found.uuid)
    if request.method == "POST":
        return _save(request, alert_forms.AlertForm(request.POST), found)
    shown = alert_forms.from_alert(found, current_region().zone)
    return _composer(request, alert_forms.AlertForm(initial=shown), found)


@never_cache
@require_safe
@desk_required(SEE)
def one(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Show an alert as citizens, phones and other systems see it, and what can be done next."""
    found = get_object_or_404(Alert.objects.select_related("author", "approver", "references"),
                              uuid=alert)  # fmt: skip
    return alert_page(request, found)


def _rows(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    found = list(alerts.for_desk()[:ROWS])
    return {
        "rows": [alert_cards.row(alert, now) for alert in found],
        "may_write": request.user.has_perm(WRITE),
        "two_persons": conf.current().alerts_two_persons,
        "templates": alert_templates.TEMPLATES,
        "topics": (topics.ALERT, topics.ALERT_WAITS),
    }


def _composer(
    request: HttpRequest,
    form: alert_forms.AlertForm,
    alert: Alert | None,
    *,
    template: alert_templates.Template | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        "form": form, "alert": alert, "template": template,
        "templates": alert_templates.TEMPLATES, "zone": current_region().timezone,
        "kind": alert_looks.KINDS.get(alert.msg_type, "") if alert else "",
    }  # fmt: skip
    return render(request, "emergency/alerts/composer.html", page, status=status)


def _save(
    request: HttpRequest, form: alert_forms.AlertForm, alert: Alert | None
) -> HttpResponseBase:
    if not form.is_valid():
        return _composer(request, form, alert, status=422)
    user: Any = request.user
    try:
        saved = alerting.write(content=form.content(), by=user, alert=alert)
    except alerting.NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("emergency_desk:alerts")
    messages.success(request, _("Saved as a draft. Look at it once more, then send it on."))
    return redirect("emergency_desk:alert", saved.uuid)
