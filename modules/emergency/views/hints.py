"""While one types: what the number did before, and which open incident the caller may mean."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.accounts.guards import desk_required
from balai.directory.locate import locate, outside_region
from modules.emergency import callers, conf
from modules.emergency.forms import pin_of, point_of
from modules.emergency.models import Category, Incident
from modules.emergency.selectors import history, nearby, sealing

SHORTEST_NUMBER: Final = 6


@never_cache
@require_POST
@desk_required("emergency.take")
def show(request: HttpRequest) -> HttpResponse:
    """Answer with the panel; by POST, so that nothing typed stands in an address or a log."""
    return render(request, "emergency/parts/hints.html", panel(request, request.POST))


def panel(request: HttpRequest, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of the panel for what has been typed so far."""
    user: Any = request.user
    number = str(typed.get("number", ""))
    hashed = None
    if len(callers.normalised(number)) >= SHORTEST_NUMBER:
        hashed = callers.hashed(number)
    pin = pin_of(typed) or point_of(str(typed.get("coordinates", "")))
    heard = nearby.Heard(
        taker=user, pin=pin, caller_hash=hashed,
        category=_category(str(typed.get("category", ""))),
        address=str(typed.get("address", "")), landmark=str(typed.get("landmark", "")),
    )  # fmt: skip
    found = nearby.find(heard, now=timezone.now())
    joins = str(typed.get("joins", ""))
    return {
        "history": history.of(hashed, now=timezone.now()),
        "warning": conf.current().prank_script or _warning(),
        "candidates": [(item, sealing.redacted(item.incident)) for item in found],
        "joins": joins,
        "joined": _joined(joins, found),
        "spot": locate(*pin) if pin else None,
        "outside": bool(pin and outside_region(*pin)),
    }  # fmt: skip


def _category(slug: str) -> Category | None:
    return Category.objects.filter(slug=slug.replace("\0", "")).first()


def _warning() -> str:
    return _(
        "This number is noted for several prank calls. Every such call keeps help from somebody"
        " in danger. Do you need help now?"
    )


def _joined(joins: str, found: list[nearby.Candidate]) -> Incident | None:
    """Return the chosen incident when it is no longer among the candidates: the choice stays."""
    if not joins or any(str(item.incident.uuid) == joins for item in found):
        return None
    try:
        chosen = Incident.objects.filter(uuid=joins).select_related("category").first()
    except ValueError:
        return None
    return sealing.redacted(chosen) if chosen else None
