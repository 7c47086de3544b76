"""Citizens say at which price they want to be told, and how; and stop it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts import limits
from balai.notify import followers, subscriptions
from modules.prices import watching
from modules.prices.models import Variety
from modules.prices.selectors import watches
from modules.prices.services import watching as service
from modules.prices.watch_form import WatchForm, described


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, variety: str) -> HttpResponseBase:
    """Ask at which price, then how; begin what was chosen."""
    found = get_object_or_404(Variety, slug=variety, active=True)
    if request.method != "POST":
        return _page(request, found, WatchForm(request.GET or None, variety=found))
    form, how = WatchForm(request.POST, variety=found), request.POST.get("how", "")
    if form.is_valid() and how == "email" and not form.cleaned_data["email"]:
        form.add_error("email", _("Write your e-mail address."))
    if not form.is_valid():
        return _page(request, found, form, 422)
    if not limits.allow_ip("push.ip", request):
        messages.error(request, _("Please wait a moment and try again."))
    else:
        _begin(request, form, how)
    return redirect("prices:watch", variety)


@require_POST
def unwatch(request: HttpRequest) -> HttpResponseBase:
    """End one watch of this account or browser."""
    name = request.POST.get("subject", "")[:80]
    if name.startswith(watching.PREFIX):
        for who in followers.ways(request).values():
            subscriptions.leave(subject=name, **who)
        messages.success(request, _("We tell you of this price no longer."))
    slug = request.POST.get("back", "")
    known = Variety.objects.filter(slug=slug, active=True).exists()
    return redirect("prices:watch", slug) if known else redirect("prices:index")


def _begin(request: HttpRequest, form: WatchForm, how: str) -> None:
    who = (
        {"email": form.cleaned_data["email"]}
        if how == "email"
        else followers.ways(request).get(how)
    )
    if who is None:
        messages.error(request, _("This browser is not ready for messages. Please try again."))
        return
    made = service.watch(
        variety=form.variety, market=form.place, below=form.cleaned_data["below"],
        language=translation.get_language() or "id", label=form.chosen(), **who,
    )  # fmt: skip
    if how == "email":
        words = _("Please open the letter we have sent to your address and confirm.")
    elif made.armed:
        words = _("We tell you as soon as it costs that little.")
    else:
        words = _("It costs that little already. We tell you when it falls there again.")
    messages.success(request, words)


def _page(
    request: HttpRequest, variety: Variety, form: WatchForm, status: int = 200
) -> HttpResponse:
    page = {
        "variety": variety, "form": form, "chosen": form.chosen(), "own": _own(request),
        "here": request.path,
    }  # fmt: skip
    return render(request, "prices/watch.html", page, status=status)


def _own(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return (subject, words, "account" or "device") of what this visitor watches."""
    ways = followers.ways(request)
    who: dict[str, Any] = {**ways.get("account", {}), **ways.get("device", {})}
    mine = followers.own(watching.PREFIX, **who) if who else []
    found = watches.by_uuid(watching.uuids(name for name, _how in mine))
    known = {watching.subject(uuid): one for uuid, one in found.items()}
    return [
        (name, described(known[name].variety, known[name].market, known[name].below), how)
        for name, how in mine
        if name in known
    ]
