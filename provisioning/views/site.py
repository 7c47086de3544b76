"""The pages for people who have not decided yet, and for citizens who look for their city."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from balai.directory import reference
from balai.modules import registry
from provisioning.models import Plan
from provisioning.signup import places
from provisioning.signup.mail import apex_url

PAGES = ("home", "find", "plans", "start", "about", "privacy", "terms")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Explain the product to the head of a Kominfo; lead citizens to their city."""
    context = {
        "modules": registry.installed(),
        "opened": places.opened(),
        "total": len(reference.regencies()),
    }
    return render(request, "provisioning/site/home.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find a city by name or province; those that are open lead to their site."""
    query = request.GET.get("q", "").strip()[:80]
    province = request.GET.get("province", "")
    found = places.search(query, most=0) if query else None
    context = {
        "query": query,
        "found": found,
        "opened": places.opened(),
        "provinces": reference.provinces(),
        "province": province,
        "of_province": places.of_province(province) if province and not query else [],
        "total": len(reference.regencies()),
        "apex": apex_url(),
    }
    template = (
        "provisioning/parts/found.html" if _wants_part(request) else "provisioning/site/find.html"
    )
    return render(request, template, context)


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show what a region can subscribe to, and how paid plans are ordered."""
    offered = Plan.objects.filter(offered=True)
    return render(request, "provisioning/site/plans.html", {"plans": offered})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what Balai is, what it is made of and under which licence."""
    context = {"modules": registry.installed(), "source": reference.source()}
    return render(request, "provisioning/site/about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the public site keeps of its visitors."""
    return render(request, "provisioning/site/privacy.html")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Say on what terms a region may be opened."""
    return render(request, "provisioning/site/terms.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let the public pages be found, and nothing that belongs to one person."""
    private = ("open", "claim", "operator", "operations", "accounts", "regions")
    lines = ["User-agent: *", *(f"Disallow: /{part}/" for part in private)]
    lines.append(f"Sitemap: {apex_url()}{reverse('provisioning:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages and the cities that are open."""
    urls = [apex_url() + reverse(f"provisioning:{page}") for page in PAGES]
    urls += [place.site for place in places.opened()]
    return render(
        request, "provisioning/site/sitemap.xml", {"urls": urls}, content_type="application/xml"
    )


def _wants_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))
