"""The language switch, the service worker and the page it shows without a network."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from balai.modules import registry
from balai.ui import shell
from balai.ui.brand import current_brand
from balai.ui.kept import NOBODY, kept_page

YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's language in a cookie and go back to the page the switch stood on."""
    wanted = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, samesite="Lax",
            secure=request.is_secure(), httponly=True,
        )  # fmt: skip
    return response


@require_GET
@cache_control(max_age=0, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, so that its scope is the whole site."""
    words = {"version": shell.version(), "files": shell.files(), "pages": shell.pages()}
    words["icon"] = current_brand().icon_url or ""
    script = render_to_string("balai/sw.js", words)
    return HttpResponse(script, content_type="text/javascript")


@kept_page
def offline(request: HttpRequest) -> HttpResponse:
    """Show what still works without a network: 112, and the reports waiting on the phone.

    The page is kept by the service worker, so nothing of a person may stand on it.
    """
    links = [
        {"url": reverse(page.url_name), "label": page.label, "icon": page.icon}
        for page in registry.offline_pages()
        if page.label
    ]
    return render(request, "balai/offline.html", {"links": links, **NOBODY})
