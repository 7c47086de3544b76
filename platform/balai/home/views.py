"""Home, search and the three statements of a region's site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from balai.directory.models import Agency
from balai.home import robots as robots_txt, statements
from balai.home.greeting import greeting
from balai.home.search import everywhere
from balai.modules import widgets
from balai.privacy import registry
from balai.privacy.law import article_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The region's home page; what stands on it comes from the active modules."""
    context = {
        "greeting": greeting(request.user),
        "now": timezone.now(),
        "widgets": [widget.render(request) for widget in widgets.active("home", request)],
    }
    return render(request, "home/index.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of all active modules, grouped by module."""
    query = request.GET.get("q", "").strip()
    context = {"query": query, "found": everywhere(query, request.user)}
    return render(request, "home/search.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, who runs it, and which services it has."""
    return render(request, "home/about.html", {"services": statements.services()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visitor, why, for how long, and which rights they have."""
    shown = {
        "cookies": statements.cookies(),
        "contacts": Agency.objects.filter(parent=None).exclude(email="", phone="")[:3],
        "purposes": [(one, article_of(one.basis)) for one in registry.purposes()],
    }
    return render(request, "home/privacy.html", shown)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the site promises people with disabilities, and where it falls short."""
    return render(request, "home/accessibility.html")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell searchers what they may read here, and where it is listed."""
    return HttpResponse(robots_txt.text(), content_type="text/plain; charset=utf-8")
