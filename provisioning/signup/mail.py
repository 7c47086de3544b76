"""Mails of the platform itself: codes, links to go on, news for the operators."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from balai import signing
from balai.context import platform
from provisioning.models import Opening

RESUME_SALT: Final = "provisioning.resume"
RESUME_DAYS: Final = 60
PAGES: Final = {
    "opening": ("operations:review", "uuid"),
    "claim": ("operations:claim", "uuid"),
    "goliverequest": ("operations:golive-request", "pk"),
}


def send(template: str, opening: Opening, context: Mapping[str, Any]) -> None:
    """Mail the applicant, in the language they chose.

    Args:
        template: name in ``templates/provisioning/mail``; first line is the subject.

    Raises:
        OSError, smtplib.SMTPException: when the mail server did not take it.
    """
    with translation.override(opening.language):
        deliver(template, [opening.email], {"opening": opening, **context})


def send_operators(template: str, row: Model, context: Mapping[str, Any]) -> None:
    """Mail whoever runs this deployment (BALAI_OPERATOR_EMAILS); nobody when it is unset.

    Args:
        row: what they are to decide on; the mail links its page at the operators'.
    """
    if settings.OPERATOR_EMAILS:
        page, field = PAGES[str(row._meta.model_name)]
        where = reverse(page, args=[getattr(row, field)], urlconf=settings.PUBLIC_SCHEMA_URLCONF)
        link = apex_url() + where
        with translation.override(settings.LANGUAGE_CODE):
            deliver(template, settings.OPERATOR_EMAILS, {**context, "link": link})


def deliver(
    template: str, to: list[str], context: Mapping[str, Any],
    files: Iterable[tuple[str, bytes, str]] = (),
) -> None:  # fmt: skip
    """Render and send one mail.

    Args:
        files: attachments as (name, contents, MIME type).
    """
    text = render_to_string(f"provisioning/mail/{template}.txt", {**context, "apex": apex_url()})
    subject, _, body = text.lstrip().partition("\n")
    message = EmailMessage(subject=subject.strip(), body=body.lstrip(), to=to)
    for name, contents, kind in files:
        message.attach(name, contents, kind)
    message.send()


def resume_token(opening: Opening) -> str:
    """Return what proves, in a link, that the bearer reads the applicant's mail."""
    with platform():
        return signing.dumps(str(opening.uuid), salt=RESUME_SALT)


def read_resume_token(token: str) -> str:
    """Return the opening's uuid. Raises BadSignature for a bad or old token."""
    with platform():
        found: str = signing.loads(token, salt=RESUME_SALT, max_age=RESUME_DAYS * 86400)
        return found


def resume_url(opening: Opening) -> str:
    """Return the address at which the applicant goes on, from any browser."""
    path = reverse(
        "provisioning:resume", args=[resume_token(opening)], urlconf=settings.PUBLIC_SCHEMA_URLCONF
    )
    return apex_url() + path


def apex_url() -> str:
    """Return the public site's address without a trailing slash."""
    return f"{settings.PUBLIC_SCHEME}://{settings.APEX_HOST}"
