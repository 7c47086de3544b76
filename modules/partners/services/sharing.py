"""Share one case with one partner: by hand, or because a rule wants it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.partners import conf, sources, topics, workflow
from modules.partners.models import Cooperation, Share, SharingRule
from modules.partners.selectors import agreements
from modules.partners.services import moving
from modules.partners.sources import Facts, Source
from modules.partners.states import State
from modules.partners.workflow import APPROVE, SHARE, NotAllowed, Who

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from balai.accounts.models import User

FEW: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which case is to be shared under which paper, with which of its fields and why."""

    source: Source
    facts: Facts
    cooperation: Cooperation
    fields: Sequence[str] = field(default=())
    reason: str = ""

    def allowed(self) -> list[str]:
        """Return the wished fields that the paper allows, in the source's order."""
        agreed = set(self.cooperation.fields.get(self.source.slug, []))
        known = self.source.contract.CASE_FIELDS
        return [key for key in known if key in agreed and key in self.fields]


def is_sealed(source: Source, facts: Facts) -> bool:
    """Tell whether two people must agree: the case says so itself, or the region's settings."""
    return facts.sealed or f"{source.slug}:{facts.category}" in conf.current().sealed


@transaction.atomic
def share(*, wish: Wish, by: "User", now: datetime | None = None) -> Share:
    """Share a case by hand; a sealed one waits until a second person has agreed.

    Raises:
        NotAllowed: without a reason, outside the paper, or when the partner has it already.
        PermissionDenied: when ``by`` may not share, or not this case.
    """
    if not by.has_perm(SHARE) or not wish.source.contract.may_share(by, wish.facts.uuid):
        raise PermissionDenied
    if not wish.reason.strip():
        raise NotAllowed(_("Say why the case is shared."))
    paper = Cooperation.objects.select_for_update(of=("self",)).select_related("partner")
    cooperation = paper.get(pk=wish.cooperation.pk)
    if not cooperation.live or not cooperation.partner.active:
        raise NotAllowed(workflow.ENDED)
    if not agreements.covers(cooperation, wish.source.slug, wish.facts):
        raise NotAllowed(_("The co-operation does not cover this kind of case or this area."))
    if _there(cooperation, wish.facts).exclude(state=State.WITHDRAWN).exists():
        raise NotAllowed(_("The partner has this case already."))
    return _create(wish, rule=None, by=by, now=now or timezone.now())


@transaction.atomic
def by_rule(
    *, rule: SharingRule, source: Source, facts: Facts, now: datetime | None = None
) -> Share | None:
    """Share what a rule wants; None when it does not, or the partner has or had the case.

    What was withdrawn is never shared again by itself.
    """
    if not agreements.matches(rule, facts):
        return None
    paper = Cooperation.objects.select_for_update(of=("self",)).select_related("partner")
    cooperation = paper.get(pk=rule.cooperation_id)
    if not cooperation.live or _there(cooperation, facts).exists():
        return None
    wish = Wish(source=source, facts=facts, cooperation=cooperation, fields=rule.fields)
    return _create(wish, rule=rule, by=None, now=now or timezone.now())


@transaction.atomic
def consent(*, share: Share, by: "User", now: datetime | None = None) -> Share:
    """Agree to a sealed case being shared; the second of two people sends it.

    What a rule wants has been proposed by nobody: the first who agrees proposes it.

    Raises:
        NotAllowed: for the one who proposed it, or when it has moved on.
        PermissionDenied: when ``by`` may not agree, or not for this case.
    """
    now = now or timezone.now()
    current = moving.locked(share)
    source = sources.get(current.source)
    if source is None or not source.contract.may_share(by, current.case):
        raise PermissionDenied
    step = workflow.get("consent")
    moving.require(by, step, current)
    problem = workflow.problem(step, current)
    if problem:
        raise NotAllowed(problem)
    if current.proposed_by_id == by.pk:
        raise NotAllowed(_("A second person must agree: you have proposed it."))
    if current.proposed_by_id is None:
        current.proposed_by = by
        current.save(update_fields=["proposed_by"])
        moving.say(current, Who.REGION, text="", by=by, move="propose", now=now)
        publish(topics.HELD, key=str(current.uuid), share=current.pk)
        audit.record(action="partners.proposed", target=str(current.uuid))
        return current
    return moving.move("consent", share=current, by=by, changes={"approved_by": by}, now=now)


def may_consent(user: "User", share: Share) -> bool:
    """Tell whether somebody could be the next of the two people."""
    source = sources.get(share.source)
    waits = share.state == State.HELD and share.proposed_by_id != user.pk
    return bool(
        waits and source and user.has_perm(APPROVE)
        and source.contract.may_share(user, share.case)
    )  # fmt: skip


def _there(cooperation: Cooperation, facts: Facts) -> "QuerySet[Share]":
    return Share.objects.filter(case=facts.uuid, cooperation__partner=cooperation.partner_id)


def _create(wish: Wish, *, rule: SharingRule | None, by: "User | None", now: datetime) -> Share:
    sealed = is_sealed(wish.source, wish.facts)
    row = Share(
        cooperation=wish.cooperation, source=wish.source.slug, case=wish.facts.uuid,
        number=wish.facts.number, fields=wish.allowed(), sealed=sealed, rule=rule,
        state=State.HELD if sealed else State.SENT, reason=wish.reason.strip()[:FEW],
        proposed_by=by, sample=wish.facts.sample, created_at=now,
        sent_at=None if sealed else now,
    )  # fmt: skip
    if not sealed:
        moving.wind(row, now)
    row.save()
    side = Who.REGION
    moving.say(row, side, text="", by=by, move="propose" if sealed else "share", now=now)
    if not sealed:
        moving.note_sharing(row)
    topic = topics.HELD if sealed else topics.SHARED
    publish(topic, key=str(row.uuid), share=row.pk)
    audit.record(
        action="partners.proposed" if sealed else topic, target=str(row.uuid), reason=row.reason,
        after={"case": row.number, "partner": wish.cooperation.partner.slug, "fields": row.fields},
    )  # fmt: skip
    return row
