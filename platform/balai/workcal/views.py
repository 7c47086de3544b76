"""The calendar's pages in the console."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import workcal
from balai.accounts.guards import console_required
from balai.workcal import selectors, services
from balai.workcal.forms import HolidayForm, HoursForm
from balai.workcal.models import Holiday

FIRST_YEAR, LAST_YEAR = 2000, 2200


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List one year's days off."""
    this_year = timezone.localdate().year
    year = _year(request.GET.get("year", ""), this_year)
    context = {
        "year": year,
        "years": selectors.years(this_year),
        "days": selectors.year(year),
        "week_rows": selectors.week_rows(workcal.calendar().week),
    }
    return render(request, "workcal/index.html", context)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a local holiday."""
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            holiday = services.add_holiday(
                day=form.cleaned_data["date"], name=form.cleaned_data["name"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s has been added.") % {"name": holiday.name})
            return _to_year(holiday)
    return render(request, "workcal/holiday.html", {"form": form}, status=_status(form))


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a local holiday."""
    holiday = _local(pk)
    form = HolidayForm(request.POST or None, holiday=holiday)
    if request.method == "POST" and form.is_valid():
        try:
            holiday = services.change_holiday(
                holiday_id=pk, day=form.cleaned_data["date"], name=form.cleaned_data["name"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s has been saved.") % {"name": holiday.name})
            return _to_year(holiday)
    context = {"form": form, "holiday": holiday}
    return render(request, "workcal/holiday.html", context, status=_status(form))


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a local holiday."""
    holiday = _local(pk)
    if request.method == "POST":
        services.remove_holiday(holiday_id=pk)
        messages.success(request, _("%(name)s has been removed.") % {"name": holiday.name})
        return _to_year(holiday)
    return render(request, "workcal/remove.html", {"holiday": holiday})


@console_required
@require_POST
def import_national(request: HttpRequest) -> HttpResponse:
    """Bring the national holidays to the shipped list."""
    result = services.load_national_holidays()
    if result:
        messages.success(
            request,
            _("National holidays: %(added)s added, %(changed)s changed, %(removed)s removed.")
            % {"added": result.added, "changed": result.changed, "removed": result.removed},
        )
    else:
        messages.info(request, _("The national holidays are as they were."))
    return redirect("workcal_console:index")


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """Change the office hours."""
    form = HoursForm(request.POST or None, week=workcal.calendar().week)
    if request.method == "POST" and form.is_valid():
        services.set_hours(week=form.week)
        messages.success(request, _("The office hours have been saved."))
        return redirect("workcal_console:index")
    return render(request, "workcal/hours.html", {"form": form}, status=_status(form))


def _local(pk: int) -> Holiday:
    return get_object_or_404(Holiday, pk=pk, kind=Holiday.Kind.LOCAL)


def _year(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR else default


def _to_year(holiday: Holiday) -> HttpResponse:
    response = redirect("workcal_console:index")
    response["Location"] = f"{reverse('workcal_console:index')}?year={holiday.date.year}"
    return response


def _status(form: HolidayForm | HoursForm) -> int:
    return 422 if form.is_bound and form.errors else 200
