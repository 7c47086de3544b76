"""One alert at the desk: previews of banner, message and CAP, its history and its next steps."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from balai.accounts.guards import desk_required
from modules.emergency import alert_looks, conf
from modules.emergency.cap import to_xml
from modules.emergency.models import Alert
from modules.emergency.selectors import alerts, audience
from modules.emergency.services import alert_messages, alerting
from modules.emergency.views import alert_cards

SEE, WRITE, APPROVE = "emergency.see_alerts", "emergency.alert", "emergency.approve_alert"
WORD = gettext_lazy("PUBLISH")
STEPS = {
    "emergency.alert_written": gettext_lazy("Written"),
    "emergency.alert_submitted": gettext_lazy("Submitted"),
    "emergency.alert_sent_back": gettext_lazy("Sent back"),
    "emergency.alert_published": gettext_lazy("Approved and published"),
}


class ConfirmForm(forms.Form):
    """A word to type where one person is enough to warn a city."""

    word = forms.CharField(label=gettext_lazy("Type the word to publish"), max_length=40)

    def clean_word(self) -> str:
        """Refuse anything but the word."""
        typed: str = self.cleaned_data["word"].strip()
        if typed.casefold() != str(WORD).casefold():
            raise forms.ValidationError(_("Type the word exactly as it stands there."))
        return typed


def alert_page(
    request: HttpRequest, alert: Alert, *, confirm: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the page of one alert."""
    now = timezone.now()
    document = alert.document or to_xml(alert_messages.build(alert, now)).decode()
    level = alert_looks.level(alert)
    page = {
        "card": alert_cards.card(alert, now),
        "level": level,
        "titled": alert_looks.titled(alert),
        "other": alert.infos.get("en-US"),
        "kind": alert_looks.KINDS.get(alert.msg_type, ""),
        "document": document,
        "problems": [] if alert.sent_at else alerting.problems_of(alert),
        "reach": audience.reach(alert) if alert.status == "Actual" else 0,
        "earlier": [alert_cards.row(item, now) for item in alerts.chain(alert)],
        "later": [alert_cards.row(item, now) for item in alert.followups.order_by("pk")],
        "history": [(STEPS.get(entry.action, entry.action), entry)
                    for entry in alerts.history(alert)],
        "approvers": _approvers(alert),
        "seen": alerting.fingerprint(alert),
        "word": WORD,
        "confirm": confirm or ConfirmForm(),
        **_rights(request, alert, now),
    }  # fmt: skip
    return render(request, "emergency/alerts/one.html", page, status=status)


def _approvers(alert: Alert) -> list[str] | None:
    """Return who may approve a waiting alert, by name; None when none is asked for."""
    if alert.state != Alert.State.SUBMITTED or not conf.current().alerts_two_persons:
        return None
    return [str(person) for person in audience.approvers(besides=alert.author_id)]


@require_POST
@desk_required(SEE)
def act(request: HttpRequest, alert: UUID) -> HttpResponseBase:
    """Make the step that a button names: submit, approve, send back, discard, follow up."""
    found = get_object_or_404(Alert.objects.select_related("references"), uuid=alert)
    step = STEP_VIEWS.get(request.POST.get("do", ""))
    if step is None:
        return redirect("emergency_desk:alert", found.uuid)
    try:
        return step(request, found)
    except alerting.NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("emergency_desk:alert", found.uuid)


def _submit(request: HttpRequest, alert: Alert) -> HttpResponseBase:
    _require(request, WRITE)
    alerting.submit(alert=alert)
    messages.success(request, _("Sent to those who may approve it."))
    return redirect("emergency_desk:alert", alert.uuid)


def _publish(request: HttpRequest, alert: Alert) -> HttpResponseBase:
    if conf.current().alerts_two_persons:
        _require(request, APPROVE)
    else:
        _require(request, WRITE, APPROVE)
        confirm = ConfirmForm(request.POST)
        if not confirm.is_valid():
            return alert_page(request, alert, confirm=confirm, status=422)
    user: Any = request.user
    alerting.publish(alert=alert, by=user, seen=request.POST.get("seen", ""))
    messages.success(request, _("Published. Every page of the region shows it now."))
    return redirect("emergency_desk:alert", alert.uuid)


def _send_back(request: HttpRequest, alert: Alert) -> HttpResponseBase:
    if alert.author_id != request.user.pk:
        _require(request, APPROVE)
    alerting.send_back(alert=alert, remark=request.POST.get("remark", "")[:500])
    messages.success(request, _("It is a draft again."))
    return redirect("emergency_desk:alert", alert.uuid)


def _discard(request: HttpRequest, alert: Alert) -> HttpResponseBase:
    _require(request, WRITE)
    alerting.discard(alert=alert)
    messages.success(request, _("The draft is gone."))
    return redirect("emergency_desk:alerts")


def _follow_up(request: HttpRequest, alert: Alert) -> HttpResponseBase:
    _require(request, WRITE)
    user: Any = request.user
    draft = alerting.follow_up(alert=alert, kind=request.POST.get("do", ""), by=user)
    if draft.state == Alert.State.DRAFT:
        return redirect("emergency_desk:alert-edit", draft.uuid)
    return redirect("emergency_desk:alert", draft.uuid)


STEP_VIEWS = {
    "submit": _submit,
    "publish": _publish,
    "send_back": _send_back,
    "discard": _discard,
    "update": _follow_up,
    "cancel": _follow_up,
    "end": _follow_up,
}


def _rights(request: HttpRequest, alert: Alert, now: Any) -> dict[str, bool]:
    user: Any = request.user
    write, approve = user.has_perm(WRITE), user.has_perm(APPROVE)
    two = conf.current().alerts_two_persons
    draft, waits = alert.state == Alert.State.DRAFT, alert.state == Alert.State.SUBMITTED
    mine = alert.author_id == user.pk
    live = alert.state == Alert.State.PUBLISHED and alert.expires_at > now
    return {
        "may_edit": draft and write,
        "may_submit": draft and write and two,
        "may_approve": waits and approve and two and not mine,
        "own_waits": waits and two and mine,
        "may_publish": (draft or waits) and (write or approve) and not two,
        "may_send_back": waits and (approve or mine),
        "may_follow_up": live and write and alert.msg_type != "Cancel",
    }


def _require(request: HttpRequest, *permissions: str) -> None:
    user: Any = request.user
    if not any(user.has_perm(permission) for permission in permissions):
        raise PermissionDenied
