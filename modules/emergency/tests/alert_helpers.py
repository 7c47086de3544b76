"""Alerts for tests, through the form and the services as an officer would make them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from balai.directory.models import Area
from modules.emergency import alert_templates
from modules.emergency.alert_forms import LOCAL, AlertForm
from modules.emergency.models import Alert
from modules.emergency.services import alerting


def district() -> str:
    """Return the code of the region's first kecamatan."""
    return str(Area.objects.filter(kind=Area.Kind.DISTRICT).earliest("code").code)


def told(template: str = "flood", **fields: Any) -> dict[str, Any]:
    """Return what an officer sends: a prepared alert with its gaps filled."""
    prepared = alert_templates.find(template)
    assert prepared is not None
    form = {
        name: text.replace("[", "").replace("]", "")
        for name, text in alert_templates.initial(prepared).items()
    }
    end = timezone.localtime() + timedelta(hours=3)
    return {**form, "areas": [district()], "expires_at": end.strftime(LOCAL), **fields}


def draft(by: Any, **fields: Any) -> Alert:
    """Return a draft of ``by``."""
    form = AlertForm(told(**fields))
    assert form.is_valid(), form.errors
    return alerting.write(content=form.content(), by=by)


def published(by: Any, approver: Any, alert: Alert | None = None, **fields: Any) -> Alert:
    """Return an alert that two people have sent."""
    alert = alert or draft(by, **fields)
    alerting.submit(alert=alert)
    alert.refresh_from_db()
    return alerting.publish(alert=alert, by=approver, seen=alerting.fingerprint(alert))
