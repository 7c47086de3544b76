"""Citizens choose which area's alerts they get, and how; and leave them again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts import limits
from balai.notify import followers, subscriptions
from modules.emergency import alert_subjects
from modules.emergency.subscribe_forms import SubscribeForm

PAGE = "emergency/alerts/subscribe.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponseBase:
    """Show the choice and what this visitor has; begin what was chosen."""
    if request.method != "POST":
        return _page(request, SubscribeForm(request.GET or None))
    form, how = SubscribeForm(request.POST), request.POST.get("how", "")
    if form.is_valid() and how == "email" and not form.cleaned_data["email"]:
        form.add_error("email", _("Write your e-mail address."))
    if not form.is_valid():
        return _page(request, form, 422)
    if not limits.allow_ip("push.ip", request):
        messages.error(request, _("Please wait a moment and try again."))
        return redirect("emergency:subscribe")
    _begin(request, form, how)
    return redirect("emergency:subscribe")


@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """End one subscription of this account or browser."""
    name = request.POST.get("subject", "")[:80]
    if name.startswith(alert_subjects.PREFIX):
        for who in followers.ways(request).values():
            subscriptions.leave(subject=name, **who)
        messages.success(request, _("You get these alerts no longer."))
    return redirect("emergency:subscribe")


def _begin(request: HttpRequest, form: SubscribeForm, how: str) -> None:
    area, least = form.cleaned_data["area"], form.cleaned_data["least"]
    language = translation.get_language() or "id"
    subject = alert_subjects.subject(area, least)
    if how == "email":
        subscriptions.follow(
            subject=subject, email=form.cleaned_data["email"], language=language,
            label=_("Alerts for %(area)s") % {"area": form.named(area)},
        )  # fmt: skip
        messages.success(
            request, _("Please open the letter we have sent to your address and confirm.")
        )
        return
    who = followers.ways(request).get(how)
    if who is None:
        messages.error(request, _("This browser is not ready for messages. Please try again."))
        return
    for other in alert_subjects.LEAST:
        if other != least:
            subscriptions.leave(subject=alert_subjects.subject(area, other), **who)
    subscriptions.follow(subject=subject, language=language, **who)
    messages.success(request, _("You get alerts for %(area)s.") % {"area": form.named(area)})


def _page(request: HttpRequest, form: SubscribeForm, status: int = 200) -> HttpResponse:
    own = [(name, form.described(*alert_subjects.parts(name)), how) for name, how in _own(request)]
    page = {"form": form, "own": own, "chosen": form.chosen(), "here": request.path}
    return render(request, PAGE, page, status=status)


def _own(request: HttpRequest) -> list[tuple[str, str]]:
    ways = followers.ways(request)
    who: dict[str, Any] = {**ways.get("account", {}), **ways.get("device", {})}
    return followers.own(alert_subjects.PREFIX, **who) if who else []
