"""What notices about work have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from balai import context, notify
from balai.accounts.models import User
from modules.jobs.models import Employer, EmployerMember


def absolute(name: str, *arguments: object) -> str:
    """Return the full address of a page of this region."""
    return context.current_region().base_url + reverse(name, args=arguments)


def people_of(employer: Employer) -> list[User]:
    """Return the accounts that act for an employer and may still sign in."""
    rows = EmployerMember.objects.filter(employer=employer, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("pk")]


def write(users: Iterable[User], template: str, told: Mapping[str, Any], dedupe_key: str) -> None:
    """Write one notice to several accounts, once to each."""
    for user in users:
        notify.send(
            template=f"jobs/{template}",
            to=notify.Recipient(user=user),
            context=told,
            dedupe_key=f"{dedupe_key}:{user.pk}",
        )
