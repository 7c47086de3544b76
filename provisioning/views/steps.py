"""The page on which the building is watched, retried and entered."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from provisioning.models import Opening, OpeningState, StepState
from provisioning.opening import progress, services, steps
from provisioning.opening.launch import launch
from provisioning.opening.welcome import signin_link
from provisioning.views.wizard import page
from tenants import hosts
from tenants.states import SERVED

ICONS = {
    StepState.WAITING: ("circle-dot", "is-wait"),
    StepState.RUNNING: ("loader-circle", "is-now"),
    StepState.DONE: ("check", "is-green"),
    StepState.FAILED: ("circle-x", "is-red"),
}


@page("steps")
@require_safe
def watch(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Show the steps; the list follows by itself, or by the page's refresh without JavaScript."""
    context = context_of(opening) | {"page": "steps", "pages": ()}
    response = render(request, "provisioning/wizard/steps.html", context)
    # The button leads to the region's own host: browsers hold a form's redirects to form-action.
    response._csp_update = {  # type: ignore[attr-defined]  # django-csp reads it
        "form-action": [f"{settings.PUBLIC_SCHEME}://{context['site']}"]
    }
    return response


@page("steps")
@require_safe
def part(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Show the list alone, for the page that is open."""
    return render(request, "provisioning/parts/steps.html", context_of(opening))


@page("steps")
@require_POST
def retry(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Try a failed step again."""
    services.retry(opening)
    opening.refresh_from_db()
    launch(opening)
    return redirect("provisioning:steps")


@page("steps")
@require_POST
def enter(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Go to the console by a link that signs the first admin in once."""
    if opening.region is None or opening.region.state not in SERVED:
        return redirect("provisioning:steps")
    return redirect(signin_link(opening))


def context_of(opening: Opening) -> dict[str, Any]:
    """Return what the list of steps shows."""
    rows = [_row(step) for step in opening.steps.order_by("position")]
    done = sum(1 for row in rows if row["state"] == StepState.DONE)
    region = opening.region
    return {
        "opening": opening,
        "rows": rows,
        "done": done,
        "share": done / len(rows) if rows else 0,
        "site": hosts.with_port(f"{opening.slug}.{hosts.apex().name}"),
        "topic": progress.topic(opening),
        "waiting": opening.state == OpeningState.REVIEW,
        "refused": opening.state == OpeningState.REFUSED,
        "failed": opening.state == OpeningState.FAILED,
        "running": opening.state == OpeningState.RUNNING,
        "ready": region is not None and region.state in SERVED,
    }


def _row(step: Any) -> dict[str, Any]:
    icon, css = ICONS[step.state]
    return {"label": steps.label(step.name), "detail": steps.figures(step), "error": step.error,
            "state": step.state, "icon": icon, "css": css, "seconds": step.seconds,
            "attempts": step.attempts}  # fmt: skip
