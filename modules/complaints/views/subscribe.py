"""Follow a public report, by account, by e-mail or in this browser; and leave it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balai.notify import subscriptions
from balai.notify.push import devices
from modules.complaints import access, following, limits
from modules.complaints.models import Complaint
from modules.complaints.own_forms import FollowForm
from modules.complaints.selectors import case
from modules.complaints.views.common import report_or_404, story


@require_POST
def follow(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Begin to follow; what the button says is in ``how``: account, email or device."""
    found = _public_or_404(report)
    if not limits.allow("follow", request):
        return render(request, "complaints/too_many.html", status=429)
    how = request.POST.get("how", "")
    if how == "email":
        return _by_email(request, found)
    who = _who(request, how)
    if not who:
        messages.error(request, _("This browser is not ready for messages. Please try again."))
    else:
        language = translation.get_language() or "id"
        subscriptions.follow(subject=following.subject(report), language=language, **who)
        messages.success(request, _("You follow this report now."))
    return redirect(reverse("complaints:detail", args=[report]) + "#follow")


@require_POST
def leave(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Cease to follow, by whatever way this visitor does."""
    report_or_404(request, report)
    for how in ("account", "device"):
        who = _who(request, how)
        if who:
            subscriptions.leave(subject=following.subject(report), **who)
    messages.success(request, _("You follow this report no longer."))
    return redirect(reverse("complaints:detail", args=[report]) + "#follow")


def state(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    """Return what the page's part about following shows; nothing for what is not public."""
    if not access.is_listed(complaint):
        return {"can_follow": False}
    subject = following.subject(complaint.uuid)
    account, device = _who(request, "account"), _who(request, "device")
    return {
        "can_follow": True,
        "by_account": bool(account) and subscriptions.follows(subject=subject, **account),
        "by_device": bool(device) and subscriptions.follows(subject=subject, **device),
        "follow_form": FollowForm(),
    }


def _by_email(request: HttpRequest, found: Complaint) -> HttpResponseBase:
    form = FollowForm(request.POST)
    if not form.is_valid():
        own = access.is_reporter(request, found)
        page = {**story(found, own=own), **state(request, found), "follow_form": form}
        return render(request, "complaints/detail.html", page, status=422)
    subscriptions.follow(
        subject=following.subject(found.uuid), email=form.cleaned_data["email"],
        language=translation.get_language() or "id", label=found.title,
    )  # fmt: skip
    # The same words for an address that follows already: nobody learns who follows what.
    messages.success(request, _("Please open the letter we have sent to your address and confirm."))
    return redirect(reverse("complaints:detail", args=[found.uuid]) + "#follow")


def _who(request: HttpRequest, how: str) -> dict[str, Any]:
    """Return who follows in this way, as far as the visitor has such a way."""
    user: Any = request.user
    if how == "account" and user.is_authenticated:
        return {"user": user}
    device = devices.of_browser(request) if how == "device" else None
    return {"device": device} if device else {}


def _public_or_404(report: UUID) -> Complaint:
    found = case.by_uuid(report)
    if found is None or not access.is_listed(found):
        raise Http404
    return found
