"""Mails about a region's life to its admins: each written down once, sent until it arrives."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from balai import context
from balai.accounts.members.selectors import lasting_admins
from balai.away import AwayError
from provisioning.lifecycle import words
from provisioning.models import LifeNotice
from tenants import selectors
from tenants.models import Region

log = structlog.get_logger(__name__)
KEEP_TRYING: Final = timedelta(days=7)
LIFE: Final = "/console/life/"


def plan(region: Region, key: str, kind: str, **details: str | datetime | int | None) -> bool:
    """Write a mail down in the caller's transaction; return False when it was there already.

    Args:
        key: unique for the region, so that a clock may come by as often as it likes.
        kind: which words (:mod:`provisioning.lifecycle.words`).
        details: what the words name; times are kept in ISO 8601.
    """
    told = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in details.items()
    }
    with context.platform():
        _row, new = LifeNotice.objects.get_or_create(
            region=region, key=key, defaults={"template": kind, "details": told}
        )
    return new


def send_waiting(now: datetime | None = None) -> int:
    """Send what has not been sent; return how many were. Runs on the platform.

    One that the mail server refuses is tried again at the next round, for seven days.
    """
    moment = now or timezone.now()
    waiting = LifeNotice.objects.filter(sent_at=None, created_at__gt=moment - KEEP_TRYING)
    return sum(_send(pk, moment) for pk in waiting.values_list("pk", flat=True))


def _send(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        notice = LifeNotice.objects.select_for_update(skip_locked=True).filter(
            pk=pk, sent_at=None
        ).select_related("region").first()  # fmt: skip
        if notice is None:
            return False
        try:
            _deliver(notice)
        except (OSError, SMTPException, AwayError):
            log.exception("life_notice_not_sent", notice=notice.pk)
            LifeNotice.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
            return False
        LifeNotice.objects.filter(pk=pk).update(sent_at=now, attempts=F("attempts") + 1)
    return True


def _deliver(notice: LifeNotice) -> None:
    region = selectors.freeze(notice.region)
    with context.crossing(), context.region_context(region):
        admins = [member.user for member in lasting_admins().select_related("user")]
    for language in sorted({admin.language for admin in admins}):
        to = sorted({admin.email for admin in admins if admin.email and admin.language == language})
        if to:
            with translation.override(language), timezone.override(region.zone):
                message(notice.template, notice.details, region, to).send()


def message(
    kind: str, details: Mapping[str, Any], region: context.Region, to: list[str]
) -> EmailMessage:
    """Return the mail in the active language; addressees do not see each other."""
    told = words.told(kind, details)
    text = render_to_string(
        "provisioning/mail/life.txt",
        {"told": told, "region": region.name, "link": f"{region.base_url}{LIFE}"},
    )
    return EmailMessage(
        subject=f"{region.name}: {told.title}", body=text.lstrip(), bcc=to,
        to=[settings.DEFAULT_FROM_EMAIL],
    )  # fmt: skip
