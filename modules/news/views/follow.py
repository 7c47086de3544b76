"""Messages about the city or a part of it: by account, by e-mail or in this browser."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai import context
from balai.notify import followers, subscriptions
from balai.notify.push import devices
from balai.ui import errors
from modules.news import conf, following, limits
from modules.news.follow_forms import FollowForm
from modules.news.selectors import places, public


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """Show what one may follow; POST begins it. ``how`` is account, email or device."""
    if request.method != "POST":
        return _page(request)
    how = request.POST.get("how", "")
    form = FollowForm(request.POST, by_email=how == "email")
    if not form.is_valid():
        return _page(request, form, status=422)
    if not limits.allow(request):
        return errors.page(request, 429)
    who = _who(request, how, form.cleaned_data["email"])
    if not who:
        messages.error(request, _("This browser is not ready for messages. Please try again."))
        return redirect("news:follow")
    code = form.cleaned_data["area"]
    subscriptions.follow(
        subject=following.subject(code), language=translation.get_language() or "id",
        label=_("News: %(place)s") % {"place": _place(code)}, **who,
    )  # fmt: skip
    # The same words for an address that follows already: nobody learns who follows what.
    said = {"email": _("Please open the letter we have sent to your address and confirm.")}
    messages.success(request, said.get(how) or _("Messages come from now on."))
    return redirect("news:follow")


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Cease to follow one place, by the way named in ``how``."""
    code, how = request.POST.get("area", "")[:20], request.POST.get("how", "")
    who = _who(request, how)
    if who:
        subscriptions.leave(subject=following.subject(code), **who)
    messages.success(request, _("No more messages about this place."))
    return redirect("news:follow")


def _page(request: HttpRequest, form: FollowForm | None = None, status: int = 200) -> HttpResponse:
    """Show one form a way; ``form`` is the one that was sent and has to be mended."""
    user: Any = request.user
    account = user if user.is_authenticated else None
    mine = followers.own(following.OURS, user=account, device=devices.of_browser(request))
    codes = [(following.code_of(name), how) for name, how in mine]
    names = {code: _place(code) for code, _how in codes}
    area = request.POST.get("area") or public.parse("", request.GET.dict()).area
    page = {
        "forms": {
            how: FollowForm(initial={"area": area}, auto_id=f"{how}-%s")
            for how in ("device", "account")
        },
        "form": form or FollowForm(initial={"area": area}),
        "mine": [(code, names[code], how) for code, how in codes],
        "offered": conf.current().push,
    }
    return render(request, "news/follow.html", page, status=status)


def _who(request: HttpRequest, how: str, email: str = "") -> dict[str, Any]:
    """Return who follows in this way, as far as the visitor has such a way."""
    user: Any = request.user
    if how == "account" and user.is_authenticated:
        return {"user": user}
    if how == "email" and email:
        return {"email": email}
    device = devices.of_browser(request) if how == "device" else None
    return {"device": device} if device else {}


def _place(code: str) -> str:
    return places.name(code) or context.current_region().name
