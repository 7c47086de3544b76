"""The wizard's answers, one function each; what is complete starts by itself."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit
from provisioning import rules
from provisioning.models import Opening, OpeningState
from provisioning.models.opening import UNDER_WAY
from provisioning.opening import presets
from provisioning.opening.services import start
from provisioning.signup import codes, mail

OPEN_DRAFTS = (OpeningState.DRAFT, OpeningState.REVIEW)


@transaction.atomic
def begin(*, email: str, applicant: str, position: str, reason: str, language: str) -> Opening:
    """Return the applicant's order, the unfinished one if there is one, and mail it a code.

    Raises:
        ValidationError: when a code was sent less than a minute ago.
        OSError, smtplib.SMTPException: when the mail could not be handed over.
    """
    email = email.strip().lower()
    known = Opening.objects.select_for_update().filter(email=email, state__in=OPEN_DRAFTS)
    opening = known.order_by("-requested_at").first() or Opening(email=email)
    if opening.verified_at is None:  # a proved order is changed only after its code
        opening.applicant, opening.position = applicant, position
        opening.reason, opening.language = reason, language
        opening.save()
    send_code(opening)
    return opening


@transaction.atomic
def send_code(opening: Opening) -> None:
    """Mail a new code. Raises like :func:`begin`."""
    code = codes.new_code(opening)
    mail.send("code", opening, {"code": code, "minutes": codes.LIFETIME.seconds // 60})


def prove(opening: Opening, typed: str) -> None:
    """Check the code; an official address may go on at once, others wait for an operator.

    Raises:
        ValidationError: for a wrong, old or used code; the try has been counted.
    """
    problem = None
    with transaction.atomic():
        opening = Opening.objects.select_for_update().get(pk=opening.pk)
        try:
            codes.check_code(opening, typed)
        except ValidationError as error:
            problem = error
        else:
            _proved(opening)
    if problem:
        raise problem


def _proved(opening: Opening) -> None:
    now = timezone.now()
    opening.verified_at = opening.verified_at or now
    if rules.is_official(opening.email):
        opening.approved_at = opening.approved_at or now
    opening.save(update_fields=["verified_at", "approved_at"])


@transaction.atomic
def choose_region(opening: Opening, code: str) -> None:
    """Raises ValidationError for a region that cannot be opened."""
    place = rules.check_code(code)
    if opening.code != code:
        opening.code, opening.name, opening.slug = code, place.full_name, ""
        opening.preset = presets.suggested(place)
    opening.save(update_fields=["code", "name", "slug", "preset"])


@transaction.atomic
def choose_address(opening: Opening, slug: str) -> None:
    """Raises ValidationError for an address that cannot be had."""
    rules.check_slug(slug, code=opening.code)
    opening.slug = slug
    opening.save(update_fields=["slug"])


@transaction.atomic
def choose_preset(opening: Opening, *, preset: str, name: str) -> None:
    """Raises ValidationError for an unknown preset."""
    if not presets.exists(preset):
        raise ValidationError(_("Choose what the site begins with."))
    opening.preset, opening.name = preset, name
    opening.save(update_fields=["preset", "name"])


@transaction.atomic
def confirm(opening: Opening, *, plan: str, population: int | None = None) -> Opening:
    """Order the opening: it starts, or waits for an operator when the address is not official.

    Args:
        plan: its key; a paid one is ordered by invoice once the region stands.
        population: inhabitants, for a paid one.

    Raises:
        ValidationError: when something is missing, or has been taken in the meantime.
    """
    opening.plan, opening.population = plan, population
    opening.save(update_fields=["plan", "population"])
    if opening.approved_at:
        return start(opening)
    if opening.state != OpeningState.REVIEW:
        opening.state = OpeningState.REVIEW
        opening.save(update_fields=["state"])
        transaction.on_commit(lambda: mail.send_operators("review", opening, {"opening": opening}))
    return opening


@transaction.atomic
def approve(opening: Opening, *, note: str = "") -> Opening:
    """Let an order with an unofficial address go on; an operator has checked it.

    Args:
        note: how it was checked, for the log.

    Raises:
        ValidationError: when its code or address has been taken since.
    """
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    if opening.state in UNDER_WAY or opening.state == OpeningState.DONE:
        return opening
    opening.approved_at = opening.approved_at or timezone.now()
    opening.save(update_fields=["approved_at"])
    if opening.state == OpeningState.REVIEW:
        opening = start(opening)
    audit.record(action="opening.approved", target=str(opening.uuid), reason=note)
    transaction.on_commit(
        lambda: mail.send("approved", opening, {"resume": mail.resume_url(opening)})
    )
    return opening


@transaction.atomic
def refuse(opening: Opening, *, answer: str) -> None:
    """Turn an order down and tell the applicant why."""
    if Opening.objects.filter(pk=opening.pk, state__in=OPEN_DRAFTS).update(
        state=OpeningState.REFUSED, error=answer, finished_at=timezone.now()
    ):
        audit.record(action="opening.refused", target=str(opening.uuid), reason=answer)
        transaction.on_commit(lambda: mail.send("refused", opening, {"answer": answer}))
