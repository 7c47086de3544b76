"""Writing openings: begin one, resume one, find the stalled ones."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.context import platform
from provisioning.cells import placing
from provisioning.models import Opening, OpeningState, StepState
from provisioning.models.opening import UNDER_WAY
from provisioning.opening import OpeningError, engine, presets
from provisioning.rules import check_code, check_slug
from tenants.models import Region

STALLED_AFTER: Final = timedelta(seconds=30)
TRIES: Final = 3
DRAFTS_KEPT: Final = timedelta(days=90)


def open_now(
    *,
    code: str,
    slug: str,
    email: str,
    preset: str,
    name: str | None,
    cell: str,
    progress: engine.Progress | None,
) -> Region:
    """Open a region with the whole engine in this process; see :func:`provisioning.opening`."""
    with platform():
        opening = _resumable(code, slug) or _order(code, slug, email, preset, name, cell)
        opening = engine.advance(opening, progress)
        if opening.state != OpeningState.DONE or opening.region is None:
            raise OpeningError(why_stopped(opening))
        return opening.region


@transaction.atomic
def start(opening: Opening) -> Opening:
    """Set a complete, permitted opening going; the engine does the rest.

    Raises:
        ValidationError: when something is missing, or taken in the meantime.
    """
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    if opening.state in UNDER_WAY or opening.state == OpeningState.DONE:
        return opening
    if opening.verified_at is None:
        raise ValidationError(_("Prove the e-mail address first."))
    if opening.approved_at is None:
        raise ValidationError(_("We are still checking this request."))
    check_order(opening)
    opening.state = OpeningState.RUNNING
    opening.save(update_fields=["state"])
    return opening


def check_order(opening: Opening) -> None:
    """Raise ValidationError unless code, address and preset can be used now."""
    check_code(opening.code)
    check_slug(opening.slug, code=opening.code)
    if not presets.exists(opening.preset):
        raise ValidationError(_("Choose what the site begins with."))


@transaction.atomic
def retry(opening: Opening) -> None:
    """Give a failed opening its tries back; somebody pressed the button."""
    opening.steps.filter(state=StepState.FAILED).update(state=StepState.WAITING, attempts=0)
    Opening.objects.filter(pk=opening.pk, state=OpeningState.FAILED).update(
        state=OpeningState.RUNNING
    )


def stalled() -> QuerySet[Opening]:
    """Return openings that nobody is working on, and failed ones that have tries left.

    Whether somebody is at work is told for certain only by the engine's lock; the time just
    keeps the sweeper from asking at every turn.
    """
    before = timezone.now() - STALLED_AFTER
    return (
        Opening.objects.filter(state__in=UNDER_WAY)
        .annotate(tries=Max("steps__attempts"), last=Max("steps__started_at"))
        .exclude(state=OpeningState.FAILED, tries__gte=TRIES)
        .filter(Q(last=None) | Q(last__lte=before), requested_at__lte=before)
    )


def may_go_on(opening: Opening) -> bool:
    """Tell whether the sweeper will still try this opening by itself."""
    if opening.state not in UNDER_WAY:
        return False
    tried = opening.steps.aggregate(most=Max("attempts"))["most"] or 0
    return opening.state != OpeningState.FAILED or tried < TRIES


def forget_drafts() -> int:
    """Delete orders that nobody confirmed within 90 days; return how many."""
    old = Opening.objects.filter(
        state=OpeningState.DRAFT, requested_at__lt=timezone.now() - DRAFTS_KEPT
    )
    return old.delete()[0]


def why_stopped(opening: Opening) -> str:
    """Return, for a person, at which step an opening stopped and why."""
    from provisioning.opening import steps

    step = opening.steps.exclude(state=StepState.DONE).order_by("position").first()
    if step is None:
        return str(_("The opening has no steps left."))
    return f"{steps.label(step.name)}: {step.error or step.get_state_display()}"


def _order(
    code: str, slug: str, email: str, preset: str, name: str | None, cell: str = ""
) -> Opening:
    now = timezone.now()
    opening = Opening(
        code=code, slug=slug, email=email.strip().lower(), preset=preset, name=name or "",
        plan="sandbox", state=OpeningState.RUNNING, verified_at=now, approved_at=now, cell=cell,
    )  # fmt: skip
    opening.clean_fields(exclude=["code_sent_at"])
    check_order(opening)
    placing.choose(cell)
    opening.save()
    return opening


def _resumable(code: str, slug: str) -> Opening | None:
    return Opening.objects.filter(code=code, slug=slug, state__in=UNDER_WAY).first()
