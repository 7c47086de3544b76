"""What everybody sees: the list, one app, the door out."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai import context
from balai.signon import contract as signon
from modules.catalogue.models import App
from modules.catalogue.selectors import health, public
from modules.catalogue.services import counting
from modules.catalogue.states import State

PER_PAGE = 24
STORE = "https://play.google.com/store/apps/details"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the apps that the visitor may find, by words and category."""
    query = request.GET.get("q", "").strip()[:80]
    offered = public.categories(request.user)
    category = next((value for value, _label in offered if value == request.GET.get("about")), "")
    found = public.visible(request.user).filter(public.matching(query))
    if category:
        found = found.filter(category=category)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "q": query, "categories": offered, "category": category}
    return render(request, "catalogue/index.html", shown)


@require_safe
def app(request: HttpRequest, app: str) -> HttpResponse:
    """Show one app: what it does, whose it is, whether it answers."""
    found = _found(request, app)
    today = timezone.localdate()
    connected = (
        found.client_id in signon.connected_by(request.user.pk)
        if found.one_account and request.user.pk
        else False
    )
    shown = {
        "app": found, "uptime": health.of([found], today)[0], "connected": connected,
        "overlaps": public.overlapping(found, request.user), "days": health.DAYS,
    }  # fmt: skip
    return render(request, "catalogue/app.html", shown)


@never_cache
@require_safe
def leave(request: HttpRequest, app: str) -> HttpResponse:
    """Count and go to the app; to its page while it cannot be opened.

    Browsers that only fetch ahead (Sec-Purpose) and HEAD are not counted.
    """
    found = _found(request, app)
    if not found.is_open:
        return redirect("catalogue:app", found.slug)
    store = request.GET.get("as") == "android" or not found.url
    if store and not found.package:
        return redirect("catalogue:app", found.slug)
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not ahead:
        counting.count(app=found, today=timezone.localdate())
    target = f"{STORE}?{urlencode({'id': found.package})}" if store else address(found)
    response = HttpResponseRedirect(target)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def address(app: App) -> str:
    """Return where an app opens; with ``iss`` where it signs people in with our account.

    OpenID Connect Core section 4: ``iss`` tells the app which provider to ask.
    """
    if not app.one_account or not app.login_address:
        return app.url
    parts = urlsplit(app.login_address)
    query = "&".join(
        filter(None, [parts.query, urlencode({"iss": context.current_region().base_url})])
    )
    return urlunsplit(parts._replace(query=query))


def _found(request: HttpRequest, slug: str) -> App:
    """Return an app that the visitor may find, or one that was retired: old links say why."""
    found = public.visible(request.user).select_related("agency", "replaced_by").filter(slug=slug)
    gone = App.objects.select_related("agency", "replaced_by").filter(
        slug=slug, state=State.RETIRED, audience="citizen"
    )
    return found.first() or get_object_or_404(gone)
