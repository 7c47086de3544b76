"""The console's page of CAP feeds: how each is, add, try, switch, remove."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts.guards import console_required
from modules.emergency.feed_forms import FeedForm
from modules.emergency.models import Feed
from modules.emergency.selectors import feeds as reading
from modules.emergency.services import feeds


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def index(request: HttpRequest) -> HttpResponseBase:
    """List the feeds with their health, and add one."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = feeds.add(**form.cleaned_data, now=timezone.now())
        messages.success(request, _("%(name)s is asked every five minutes.") % {"name": added.name})
        return redirect("emergency_console:feeds")
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "rows": reading.health(timezone.now()), "drawn": reading.can_match()}
    return render(request, "emergency/console/feeds.html", page, status=status)


@require_POST
@console_required
def act(request: HttpRequest, feed: UUID) -> HttpResponseBase:
    """Try a feed, use it, leave it or remove it, as the button says."""
    found = get_object_or_404(Feed, uuid=feed)
    now, do = timezone.now(), request.POST.get("do", "")
    if do == "try":
        _say(request, found)
    elif do in ("on", "off"):
        feeds.switch(feed=found, active=do == "on", now=now)
        told = _("%(name)s is in use.") if do == "on" else _("%(name)s is no longer asked.")
        messages.success(request, told % {"name": found.name})
    elif do == "remove":
        return _remove(request, found)
    return redirect("emergency_console:feeds")


def _remove(request: HttpRequest, feed: Feed) -> HttpResponse:
    if "sure" not in request.POST:
        page = {
            "question": _("Remove %(name)s?") % {"name": feed.name},
            "stops": _("Its alerts vanish from the region's pages."),
            "yes": _("Remove"), "no": _("Leave it as it is"), "danger": True,
            "back": reverse("emergency_console:feeds"),
            "hidden": {"do": "remove", "sure": "1"}, "confirm_base": "balai/console.html",
        }  # fmt: skip
        return render(request, "balai/confirm.html", page)
    feeds.remove(feed=feed)
    messages.success(request, _("Removed."))
    return redirect("emergency_console:feeds")


def _say(request: HttpRequest, feed: Feed) -> None:
    trial = feeds.try_out(feed.url)
    if trial.trouble:
        messages.error(request, f"{feed.name}: {_(trial.trouble)}")
        return
    told = ngettext(
        "%(name)s answers: %(n)s alert; %(meeting)s of the latest %(read)s meet the region.",
        "%(name)s answers: %(n)s alerts; %(meeting)s of the latest %(read)s meet the region.",
        trial.found,
    )
    words = {"name": feed.name, "n": trial.found, "meeting": trial.meeting, "read": trial.read}
    messages.success(request, told % words)
