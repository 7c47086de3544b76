"""Who may read what was told of a sealed incident, and what everybody else sees of it instead.

The one door: pages and lists ask :func:`visible` and show :func:`redacted` where it says no.
Whoever *shows* what was told opens the incident with ``services.sealing.read``, which audits it.
"""

import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, pgettext

from balai.directory.models import Area
from modules.emergency.models import Category, Incident, Leg, SealAccess, Stamp, Unit
from modules.emergency.states import ACTIVE_LEGS

if TYPE_CHECKING:
    from balai.accounts.models import User

TOLD: dict[str, Any] = {
    "text": "", "address": "", "landmark": "", "latitude": None, "longitude": None,
    "accuracy": None, "source": "", "casualties": 0, "hazards": "", "answers": {},
}  # fmt: skip
"""What a sealed incident hides, with the value that stands there instead."""


def visible(incident: Incident, user: "User", now: datetime | None = None) -> bool:
    """Tell whether somebody may read what was told; at most 3 queries, none for an open book.

    A sealed incident is read by who took its call, by the crews that are with it, and by who
    was let in and whose time is not over. Rights to the board are not asked here.
    """
    if not incident.sealed:
        return True
    return (
        took(user).filter(incident=incident).exists()
        or _on_a_unit(incident, user)
        or access_of(incident, user, now) is not None
    )


def took(user: "User") -> QuerySet[Stamp]:
    """Return the moments in which somebody took a call of an incident.

    Stamps, not calls: a merge moves calls to another incident, and whoever merges must not come
    to read it by that.
    """
    return Stamp.objects.filter(what__in=("taken", "called_again"), actor=user)


def access_of(incident: Incident, user: "User", now: datetime | None = None) -> SealAccess | None:
    """Return the grant by which somebody may read it now, or None."""
    return live(now).filter(incident=incident, user=user).first()


def live(now: datetime | None = None) -> QuerySet[SealAccess]:
    """Return the grants whose time is not over."""
    return SealAccess.objects.filter(granted=True, until__gt=now or timezone.now())


def waiting() -> QuerySet[SealAccess]:
    """Return what nobody has decided yet, the oldest first."""
    return _with_incident(SealAccess.objects.filter(granted=None).order_by("asked_at", "id"))


def open_now(now: datetime | None = None) -> QuerySet[SealAccess]:
    """Return who is let in now, with the incidents; whose time ends first on top."""
    return _with_incident(live(now).select_related("decided_by").order_by("until", "id"))


def _with_incident(found: QuerySet[SealAccess]) -> QuerySet[SealAccess]:
    return found.select_related("incident__category", "incident__area__parent", "user").defer(
        "incident__area__boundary", "incident__area__parent__boundary"
    )


def redacted(incident: Incident) -> Incident:
    """Return a copy to show in lists: group of the category and kecamatan, nothing that was told.

    The copy cannot be saved. What is not sealed is returned as it is.
    """
    if not incident.sealed:
        return incident
    shown = copy.copy(incident)
    shown._state = copy.copy(incident._state)
    shown._state.fields_cache = dict(incident._state.fields_cache)
    for name, value in TOLD.items():
        setattr(shown, name, copy.copy(value))
    shown.category = _group(incident.category)
    shown.area = kecamatan(incident.area)
    shown.save = _refuse  # type: ignore[method-assign]  # a copy must never overwrite its original
    return shown


def kecamatan(area: Area | None) -> Area | None:
    """Return the kecamatan an area belongs to, itself if it is one."""
    if area is None or area.kind == Area.Kind.DISTRICT:
        return area
    return area.parent


def _group(category: Category) -> Category:
    """Return the face of a sealed category: who is needed, not why."""
    kinds = dict(Unit.Kind.choices)
    needed = ", ".join(str(kinds[kind]) for kind in category.units if kind in kinds)
    label = pgettext("incident", "Sealed case")
    if needed:
        label = _("%(sealed)s (%(units)s)") % {"sealed": label, "units": needed}
    return Category(
        pk=category.pk, slug="sealed", label_id=label, label_en=label, icon="lock", sealed=True,
        urgency=category.urgency, target_minutes=category.target_minutes, units=category.units,
    )  # fmt: skip


def _on_a_unit(incident: Incident, user: "User") -> bool:
    """Tell whether somebody is on a unit that is with the incident, until that is clear."""
    here = Leg.objects.filter(incident=incident, state__in=ACTIVE_LEGS)
    return here.filter(Q(unit__shifts__user=user, unit__shifts__ended_at=None)).exists()


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise TypeError("a redacted incident is for showing only")
