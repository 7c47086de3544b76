"""The centre's figures for those who answer for it, and a short page for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.emergency import conf, figures
from modules.emergency.figures_form import PeriodForm
from modules.emergency.selectors import names, periods, public_figures, response, volume

STATISTICS = "emergency.statistics"
READ_LOG = "emergency.read_log"


@never_cache
@require_safe
@desk_required(STATISTICS)
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period beside those of the period before."""
    now = timezone.now()
    period = periods.parse(request.GET.dict(), now)
    before = period.compared(now)
    calls, earlier_calls = volume.volume(period), volume.volume(before)
    times, earlier = response.response(period), response.response(before)
    counts, clock = volume.course(period), volume.clock(period)
    tables = (
        (_("By category"), _("Category"), figures.rows(times.categories, names.categories())),
        (_("By agency in charge"), _("Agency"), figures.rows(times.agencies, names.agencies())),
        (_("By hour of the call"), _("Hour"), figures.by_hour(times.hours)),
    )
    return render(request, "emergency/statistics.html", {
        "form": PeriodForm(initial={
            "span": period.span, "day": period.first, "until": period.last,
        }),
        "period": period,
        "title": figures.title(period),
        "compared": figures.title(before),
        "cut": before.until is not None,
        "sooner": period.earlier(),
        "later": period.later() if period.end <= now else None,
        "empty": not calls.total and not times.overall.incidents,
        "tiles": figures.tiles(calls, earlier_calls, times.overall, earlier.overall),
        "kinds": figures.kinds(calls, earlier_calls),
        "course": [figures.course(counts, noise=noise) for noise in (False, True)],
        "heat": figures.heat(clock.real, _("Emergencies by weekday and hour")),
        "noise_heat": figures.heat(clock.noise, _("Noise by weekday and hour")),
        "tables": tables,
        "all": figures.row(_("All"), times.overall),
        "minimum": response.FAIR_MINIMUM,
        "reads_log": request.user.has_perm(READ_LOG),
    })  # fmt: skip


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show the last twelve whole months to everybody, small numbers kept back."""
    shown = conf.current().public_figures
    months = public_figures.last_year(timezone.now()) if shown else []
    return render(request, "emergency/figures.html", {
        "shown": shown,
        "months": months,
        "minimum": public_figures.K,
        "chart": figures.public_chart(months) if any(month.real for month in months) else "",
    })  # fmt: skip
