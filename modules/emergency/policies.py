"""Who may hear of what happens at the centre, and who may see photos from a scene."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from balai import files, live
from balai.files.models import StoredFile
from modules.emergency import topics
from modules.emergency.models import Incident, Leg
from modules.emergency.selectors import reach, sealing
from modules.emergency.selectors.crewing import PHOTO_PURPOSE

DESK = "emergency.access_desk"
OWNER = "emergency.incident:"


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear that something happened; events carry ids only.

    Alerts are for everybody; the rest is for who works at the centre or with a unit.
    """
    if topic == topics.ALERT:
        return True
    return bool(user is not None and user.is_authenticated and user.has_perm(DESK))


def may_see_photo(user: Any, file: StoredFile, request: HttpRequest) -> bool:
    """Tell whether somebody may see a photo: who sees the incident and what was told of it."""
    if not user.is_authenticated or not file.owner.startswith(OWNER):
        return False
    incident = Incident.objects.filter(uuid=UUID(file.owner.removeprefix(OWNER))).first()
    if incident is None or not (_within_reach(user, incident) or _with_it(user, incident)):
        return False
    return sealing.visible(incident, user)


def _within_reach(user: Any, incident: Incident) -> bool:
    seen = user.has_perm(reach.SEE)
    return seen and reach.incidents(user).filter(pk=incident.pk).exists()


def _with_it(user: Any, incident: Incident) -> bool:
    """Tell whether somebody is on a unit that is or was with the incident."""
    theirs = Leg.objects.filter(incident=incident, unit__shifts__user=user)
    return theirs.filter(unit__shifts__ended_at=None).exists()


files.policy(PHOTO_PURPOSE, may_see_photo)
live.topic_policy("emergency.", may_listen)
