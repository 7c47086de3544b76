"""What everybody reads: the list of vacancies, one vacancy, the sitemap."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from balai import context
from modules.jobs import posting, rights
from modules.jobs.choices import Education, EmploymentType, Occupation
from modules.jobs.models import Vacancy
from modules.jobs.selectors import employers, public, searches, seekers
from modules.jobs.selectors.filters import SORTS, WAGES, Filters, parse, to_query
from modules.jobs.states import EmployerState, VacancyState
from modules.jobs.views.common import reference

UNPUBLISHED = (VacancyState.DRAFT, VacancyState.REVIEW)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show open vacancies by words, place, kind of work, contract, education and wage."""
    filters = parse(request.GET)
    page = public.page(
        filters, after=reference(request, "after"), before=reference(request, "before")
    )
    counts = public.by_district(filters)
    user = request.user
    return render(
        request,
        "jobs/index.html",
        {
            "page": page,
            "filters": filters,
            "query": to_query(filters),
            "total": public.total(filters, counts),
            "searched": (searched := filters.without("sort") != Filters()),
            "kept": searches.kept(user, filters) if searched else None,
            "districts": [(area, counts.get(area.pk, 0)) for area in public.districts()],
            "types": EmploymentType.choices,
            "occupations": Occupation.choices,
            "educations": Education.choices[1:],
            "wages": WAGES,
            "sorts": SORTS,
            "acts": employers.of_user(user) if user.is_authenticated else [],
        },
    )


@require_safe
def detail(request: HttpRequest, vacancy: UUID) -> HttpResponse:
    """Show a vacancy: to everybody once it was published; else to its employer and applicants."""
    found = public.find(vacancy)
    if found is None:
        raise Http404
    applied = seekers.applied(request.user, found)
    if applied is None and not _may_read(request, found):
        raise Http404
    shown = found.is_open() and found.employer.state != EmployerState.SUSPENDED
    own = rights.acts_for(request.user, found.employer_id)
    response = render(
        request,
        "jobs/detail.html",
        {
            "vacancy": found,
            "open": shown,
            "own": own,
            "applied": applied,
            "similar": public.similar(found),
            "posting": posting.script(found) if shown else "",
        },
    )
    if not shown:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the addresses of open vacancies (sitemaps.org 0.9); those of samples are left out."""
    base = context.current_region().base_url
    urls = [
        (base + reverse("jobs:detail", args=[uuid]), timezone.localdate(at).isoformat())
        for uuid, at in public.for_sitemap()
    ]
    return render(request, "jobs/sitemap.xml", {"urls": urls}, content_type="application/xml")


def _may_read(request: HttpRequest, vacancy: Vacancy) -> bool:
    public_now = (
        vacancy.state not in UNPUBLISHED and vacancy.employer.state != EmployerState.SUSPENDED
    )
    return public_now or rights.acts_for(request.user, vacancy.employer_id)
