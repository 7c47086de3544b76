"""Whom an alert is for: kecamatan, subscribers, and the people who may approve it."""

from typing import Final

from django.db.models import Q
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.modules import registry
from balai.notify import followers
from modules.emergency import alert_subjects
from modules.emergency.cap.vocabulary import RANK
from modules.emergency.models import Alert
from modules.emergency.selectors import places

APPROVE: Final = "approve_alert"


def areas_of(alert: Alert) -> list[str]:
    """Return the codes of the kecamatan an alert is for."""
    return places.touched(areas=alert.areas, polygons=alert.polygons, circles=alert.circles)


def subjects_of(alert: Alert) -> list[str]:
    """Return the subjects whose subscribers are told: of a follow-up, also the earlier ones'.

    Who was warned must hear the all-clear, whatever its own severity.
    """
    severity = alert.severity
    areas = set(areas_of(alert))
    before = alert.references
    while before is not None:
        severity = max(severity, before.severity, key=RANK.__getitem__)
        areas |= set(areas_of(before))
        before = before.references
    return alert_subjects.of_alert(sorted(areas), severity)


def reach(alert: Alert) -> int:
    """Return how many subscribers would be told."""
    return followers.reach(subjects_of(alert))


def approvers(besides: int | None) -> list[User]:
    """Return the people who may approve, without the author."""
    module = registry.get("emergency")
    known = module.permissions if module else ()
    roles = [role for right in known if right.codename == APPROVE for role in right.roles]
    current = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    held = Membership.objects.filter(current, role__in=roles)
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return [person for person in people.order_by("pk") if person.pk != besides]
