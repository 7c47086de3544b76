"""An alert's way: written, submitted, approved by a second person, published; then followed up.

Publishing is one transaction: when it returns, every page of the region shows the banner. It
needs no broker, worker or cache; messages to subscribers leave through the outbox.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai import audit, context
from balai.modules import banners
from balai.outbox import publish as tell
from modules.emergency import conf, topics
from modules.emergency.cap import Problem, problems, to_xml
from modules.emergency.models import Alert
from modules.emergency.services import alert_messages

if TYPE_CHECKING:
    from balai.accounts.models import User

State = Alert.State
CLEAR: Final = "AllClear"


class NotNow(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a step that cannot be made now; says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an author writes; see :class:`modules.emergency.models.Alert` for the fields."""

    status: str
    category: str
    response: str
    urgency: str
    severity: str
    certainty: str
    infos: Mapping[str, Mapping[str, str]]
    area_name: str
    areas: list[str] = field(default_factory=list)
    polygons: list[Any] = field(default_factory=list)
    circles: list[Any] = field(default_factory=list)
    onset_at: datetime | None = None
    expires_at: datetime
    web: str = ""
    contact: str = ""


@transaction.atomic
def write(
    *, content: Content, by: "User | None", alert: Alert | None = None, now: datetime | None = None
) -> Alert:
    """Store a draft, new or changed; whoever changes it becomes its author.

    Raises:
        NotNow: when it is no draft any more.
    """
    now = now or timezone.now()
    if alert is None:
        draft = Alert(identifier=_identifier(now), created_at=now)
    else:
        draft = _locked(alert)
        _require(draft, State.DRAFT)
    for name, value in asdict(content).items():
        setattr(draft, name, value)
    if draft.references is not None:  # a test does not replace what was real, nor end it
        draft.status = draft.references.status
    draft.author = by
    draft.save()
    _record(draft, "written")
    return draft


@transaction.atomic
def submit(*, alert: Alert) -> Alert:
    """Hand a draft to the second person; from now on nobody changes it.

    Raises:
        NotNow: when something in it keeps it from being sent, or it is no draft.
    """
    draft = _locked(alert)
    _require(draft, State.DRAFT)
    _require_no_problems(draft)
    _move(draft, State.SUBMITTED, "submitted")
    tell(topics.ALERT_WAITS, key=str(draft.uuid), alert=draft.pk)
    return draft


@transaction.atomic
def send_back(*, alert: Alert, remark: str) -> Alert:
    """Make a submitted alert a draft again; ``remark`` tells its author what to mend."""
    waiting = _locked(alert)
    _require(waiting, State.SUBMITTED)
    _move(waiting, State.DRAFT, "sent_back", reason=remark.strip())
    return waiting


@transaction.atomic
def publish(
    *, alert: Alert, by: "User | None", seen: str, now: datetime | None = None, sample: bool = False
) -> Alert:
    """Send an alert: it is in force when this commits.

    Args:
        by: who approves it; where two persons are asked for, not its author.
        seen: :func:`fingerprint` of what that person read.
        sample: sample data: approved by nobody, told to nobody.

    Raises:
        NotNow: when it is not their turn, or it has changed since they read it.
    """
    now = now or timezone.now()
    ready = _locked(alert)
    if sample or not conf.current().alerts_two_persons:
        _require(ready, State.DRAFT, State.SUBMITTED)
    else:
        _require(ready, State.SUBMITTED)
        if by is None or ready.author_id == by.pk:
            raise NotNow(_("Somebody else must approve what you wrote."))
    if seen != fingerprint(ready):
        raise NotNow(_("It has changed since you read it. Please read it again."))
    if ready.expires_at <= now and not sample:
        raise NotNow(_("It would be over already. Change when it ends."))
    _replace_earlier(ready)
    ready.sent_at, ready.sender, ready.sample = now, alert_messages.sender(), sample
    ready.approver = by
    _require_no_problems(ready)
    ready.document = to_xml(alert_messages.build(ready)).decode()
    ready.state = State.PUBLISHED
    ready.save()
    if not sample:
        tell(topics.ALERT, key=str(ready.uuid), alert=ready.pk)
    banners.changed()
    _record(ready, "published")
    return ready


@transaction.atomic
def discard(*, alert: Alert) -> None:
    """Delete a draft that never went out."""
    draft = _locked(alert)
    _require(draft, State.DRAFT)
    _record(draft, "discarded")
    draft.delete()


@transaction.atomic
def follow_up(*, alert: Alert, kind: str, by: "User | None", now: datetime | None = None) -> Alert:
    """Begin the message that updates, cancels or ends one that is in force; return its draft.

    An end is an update that says "all clear" for two hours. A draft that is there already is
    taken up again.

    Args:
        kind: "update", "cancel" or "end".

    Raises:
        NotNow: when the alert is not in force, or a message of another kind is begun already.
    """
    now = now or timezone.now()
    first = _locked(alert)
    if first.state != State.PUBLISHED or first.msg_type == "Cancel" or first.expires_at <= now:
        raise NotNow(_("It is not in force any more."))
    msg_type = "Cancel" if kind == "cancel" else "Update"
    open_one = first.followups.filter(state__in=(State.DRAFT, State.SUBMITTED)).first()
    if open_one is not None:
        if (open_one.msg_type, open_one.response == CLEAR) != (msg_type, kind == "end"):
            raise NotNow(_("Another message about it has been begun. Finish or discard that one."))
        return open_one
    copy = Alert.objects.get(pk=first.pk)
    copy.pk, copy._state.adding = None, True
    copy.uuid, copy.identifier = uuid.uuid4(), _identifier(now)
    copy.state, copy.msg_type, copy.references = State.DRAFT, msg_type, first
    copy.document, copy.sender, copy.sent_at, copy.approver = "", "", None, None
    copy.author, copy.created_at = by, now
    if kind != "update":
        alert_messages.close(copy, kind)
        copy.urgency, copy.severity, copy.onset_at = "Past", "Minor", None
    if kind == "cancel":
        copy.response, copy.certainty = "None", "Unlikely"
    if kind == "end":
        copy.response, copy.certainty = CLEAR, "Observed"
        copy.expires_at = now + timedelta(hours=2)
    copy.save()
    _record(copy, "written")
    return copy


def fingerprint(alert: Alert) -> str:
    """Return a hash of everything an approver reads."""
    names = (*Content.__dataclass_fields__, "msg_type", "references_id")
    told = {name: getattr(alert, name) for name in names}
    for name in ("onset_at", "expires_at"):
        told[name] = told[name].timestamp() if told[name] else None
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def problems_of(alert: Alert) -> list[Problem]:
    """Return what keeps an alert from being sent, in words for its author."""
    return problems(alert_messages.build(alert), alert_messages.bounds())


def _replace_earlier(alert: Alert) -> None:
    if alert.references is None:
        return
    earlier = _locked(alert.references)
    if earlier.state != State.PUBLISHED:
        raise NotNow(_("The alert it is about was updated or cancelled in the meantime."))
    earlier.state = State.ENDED
    earlier.save(update_fields=["state"])
    alert.references = earlier


def _require_no_problems(alert: Alert) -> None:
    found = problems_of(alert)
    if found:
        raise NotNow(" ".join(str(problem.text) for problem in found))


def _require(alert: Alert, *states: str) -> None:
    if alert.state not in states:
        raise NotNow(MOVED_ON)


def _move(alert: Alert, state: str, what: str, reason: str = "") -> None:
    alert.state = state
    alert.save(update_fields=["state"])
    _record(alert, what, reason)


def _record(alert: Alert, what: str, reason: str = "") -> None:
    audit.record(action=f"emergency.alert_{what}", target=alert.identifier, reason=reason)


def _locked(alert: Alert) -> Alert:
    return Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)


def _identifier(now: datetime) -> str:
    """Return an identifier that is unique among all senders (CAP 1.2 section 3.2.1)."""
    region = context.current_region()
    day = now.astimezone(region.zone)
    return f"balai-{region.code}-{day:%Y%m%d%H%M}-{uuid.uuid4().hex[:8]}"


MOVED_ON: str | Promise = _("It has moved on in the meantime. Please look at it again.")
