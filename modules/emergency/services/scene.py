"""What a crew reports from its phone: steps, perhaps late, notes and photos."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, files
from modules.emergency import callers, workflow
from modules.emergency.models import Leg, Stamp
from modules.emergency.selectors.crewing import NOTE, PHOTO, PHOTO_PURPOSE, photo_owner
from modules.emergency.services import dispatching, marking
from modules.emergency.states import ACTIVE_LEGS
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.files.models import StoredFile

MOST_PHOTOS: Final = 20
"""Photos of one incident; a crew documents, it does not film."""


@transaction.atomic
def step(*, leg: Leg, name: str, by: "User", at: datetime, now: datetime | None = None) -> bool:
    """Make a step that was pressed at ``at``, which can be long ago: phones lose the network.

    Returns:
        False when the step is noted already, whoever noted it: pressing twice is no fault.

    Raises:
        NotAllowed: when it no longer fits, saying how far the unit is by now.
        PermissionDenied: when ``by`` is not on the unit.
    """
    _require_aboard(by, leg)
    now = now or timezone.now()
    at = min(max(at, leg.sent_at), now)
    if _noted(leg, name):
        return False
    try:
        dispatching.step(leg=leg, name=name, by=by, at=at, now=now)
    except NotAllowed as refusal:
        leg.refresh_from_db(fields=["state"])
        raise NotAllowed(
            _("That no longer fits. The centre has noted: %(state)s.")
            % {"state": leg.get_state_display()}
        ) from refusal
    return True


@transaction.atomic
def note(*, leg: Leg, text: str, by: "User", at: datetime | None = None) -> Stamp:
    """Add what a crew writes to the incident's record.

    Raises:
        NotAllowed: for an empty text.
        PermissionDenied: when ``by`` is not on the unit.
    """
    _require_aboard(by, leg)
    if not text.strip():
        raise NotAllowed(_("Write something first."))
    incident = marking.locked(leg.incident)
    now = timezone.now()
    added = marking.stamp(incident, NOTE, at=min(at or now, now), by=by, unit=leg.unit, text=text)
    marking.changed(incident)
    return added


@transaction.atomic
def add_photos(*, leg: Leg, uploads: Sequence[Any], by: "User") -> "list[StoredFile]":
    """Keep photos of the scene, all or none of them; only who may see the incident sees them.

    Each is checked and made anew before the incident's row is held: no dispatcher waits for that.

    Raises:
        NotAllowed: when the incident has as many as it may have.
        PermissionDenied: when ``by`` is not on the unit.
        UploadRejected: with a sentence for the person who took it.
    """
    from balai.files.models import StoredFile  # models cannot be imported while apps load

    _require_aboard(by, leg)
    owner = photo_owner(leg.incident)
    stored = [
        files.store_photo(upload, owner=owner, purpose=PHOTO_PURPOSE, created_by=by)
        for upload in uploads
    ]
    incident = marking.locked(leg.incident)
    if StoredFile.objects.filter(owner=owner).count() > MOST_PHOTOS:
        raise NotAllowed(_("No more photos fit to this incident."))
    for _photo in stored:
        marking.stamp(incident, PHOTO, at=timezone.now(), by=by, unit=leg.unit)
    marking.changed(incident)
    return stored


@transaction.atomic
def caller_of(*, leg: Leg, by: "User") -> str:
    """Return the number of who called last about a crew's incident, to ring back; audited.

    Returns:
        The international number with its "+", "" when it was withheld.

    Raises:
        NotAllowed: when the unit is no longer with the incident.
        PermissionDenied: when ``by`` is not on the unit.
    """
    _require_aboard(by, leg)
    if leg.state not in ACTIVE_LEGS:
        raise NotAllowed(workflow.MOVED_ON)
    call = leg.incident.calls.exclude(caller=None).order_by("-answered_at").first()
    digits = callers.read(call.caller) if call else ""
    audit.record(
        action="emergency.caller_revealed", target=leg.incident.number,
        after={"unit": leg.unit.callsign},
    )  # fmt: skip
    return f"+{digits}" if digits else ""


def _noted(leg: Leg, name: str) -> bool:
    """Tell whether this unit made the step since it was sent; a correction is the same step."""
    return Stamp.objects.filter(
        incident=leg.incident_id, unit=leg.unit_id, what=name, corrects=None,
        noted_at__gte=leg.sent_at,
    ).exists()  # fmt: skip


def _require_aboard(by: "User", leg: Leg) -> None:
    if not (by.has_perm(workflow.CREW) and dispatching.is_on(by, leg.unit)):
        raise PermissionDenied
