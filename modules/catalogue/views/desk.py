"""Officers' pages: use and cost of all apps, one app, where to shrink, whether they answer."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai import csv_out
from balai.accounts.guards import desk_required
from balai.ui import charts, formats
from modules.catalogue import workflow
from modules.catalogue.forms import MoveForm
from modules.catalogue.models import App
from modules.catalogue.selectors import health, public, shrink, use
from modules.catalogue.services import moving
from modules.catalogue.states import Category, State
from modules.catalogue.workflow import NotAllowed

PER_PAGE, DAYS = 50, 30
HEADINGS = (
    "name", "agency", "category", "audience", "state", "health", "opened_90_days", "people",
    "cost_per_year", "cost_per_use", "retires_on",
)  # fmt: skip


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List all apps with use and cost; sorted and filtered by the address."""
    uses, told = _wanted(request)
    page = Paginator(uses, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page, "totals": use.totals(use.every(timezone.localdate())), **told,
        "states": State.choices, "categories": Category.choices, "window": use.WINDOW,
    }  # fmt: skip
    return render(request, "catalogue/desk/index.html", shown)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Give the same list as CSV."""
    return csv_out.response("apps.csv", _rows(_wanted(request)[0]))


@never_cache
@require_safe
def shrinking(request: HttpRequest) -> HttpResponse:
    """Show overlaps, unused and dear apps, and the plan."""
    shown = {"report": shrink.report(timezone.localdate()), "window": use.WINDOW}
    return render(request, "catalogue/desk/shrink.html", shown)


@never_cache
@require_safe
def uptime(request: HttpRequest) -> HttpResponse:
    """Show which apps answer, today and over 30 days."""
    page = Paginator(health.watched(), PER_PAGE).get_page(request.GET.get("page"))
    rows = health.of(list(page.object_list), timezone.localdate())
    return render(request, "catalogue/desk/uptime.html", {"page": page, "rows": rows})


@never_cache
@require_safe
def detail(request: HttpRequest, app: str) -> HttpResponse:
    """Show one app with its figures and what can be done with it."""
    found = _app(app)
    today = timezone.localdate()
    opened = use.daily(found, today, DAYS)
    answers = health.course(found, today)
    shown = {
        "app": found, "use": use.every(today, [found])[0], "window": use.WINDOW,
        "uptime": health.of([found], today)[0],
        "moves": workflow.possible(found.state) if request.user.has_perm(workflow.MANAGE) else [],
        "overlaps": App.objects.filter(slug__in=found.overlaps),
        "opened": _chart(opened, _("Opened from here, by day")),
        "answers": _chart([(day, None if share is None else 100 * share) for day, share in answers],
                          _("Answers, percent by day")),
    }  # fmt: skip
    return render(request, "catalogue/desk/app.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(workflow.MANAGE)
def move(request: HttpRequest, app: str, move: str) -> HttpResponseBase:
    """Ask what a move needs, then make it."""
    found = _app(app)
    step = next((one for one in workflow.possible(found.state) if one.name == move), None)
    if step is None:
        messages.error(request, workflow.MOVED_ON)
        return redirect("catalogue_desk:app", found.slug)
    form = MoveForm(request.POST if request.method == "POST" else None, move=step, app=found)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            moving.move(step.name, app=found, by=user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(what)s.") % {"what": step.label})
            return redirect("catalogue_desk:app", found.slug)
    status = 422 if request.method == "POST" else 200
    shown = {"app": found, "move": step, "form": form}
    return render(request, "catalogue/desk/move.html", shown, status=status)


def _app(slug: str) -> App:
    return get_object_or_404(App.objects.select_related("agency", "replaced_by"), slug=slug)


def _wanted(request: HttpRequest) -> tuple[list[use.Use], dict[str, str]]:
    """Return the apps that the address asks for, sorted, and what it asked."""
    told = {
        "q": request.GET.get("q", "").strip()[:80],
        "state": request.GET.get("state", ""), "about": request.GET.get("about", ""),
        "sort": request.GET.get("sort", "") if request.GET.get("sort") in use.SORTS else "opened",
    }  # fmt: skip
    found = App.objects.select_related("agency", "replaced_by").filter(public.matching(told["q"]))
    if told["state"] in State.values:
        found = found.filter(state=told["state"])
    if told["about"] in Category.values:
        found = found.filter(category=told["about"])
    return sorted(use.every(timezone.localdate(), found), key=use.SORTS[told["sort"]]), told


def _rows(uses: list[use.Use]) -> Iterator[list[Any]]:
    yield list(HEADINGS)
    for one in uses:
        app = one.app
        yield [
            app.name, app.agency.name if app.agency else "", app.category, app.audience, app.state,
            app.health, one.opened, one.people, app.cost_per_year, one.per_use, app.retire_on,
        ]  # fmt: skip


def _chart(course: Any, title: str) -> Any:
    points = [charts.Point(formats.short_date(day), value) for day, value in course]
    return charts.columns(points, title=title) if any(point.value for point in points) else ""
