"""What follows a region's end: its names are kept back, its data wait 90 days for their erasure."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from balai import audit, context
from balai.accounts.members.selectors import lasting_admins
from balai.away import passed_over
from provisioning.exports import services as exports
from provisioning.models import Ending, Erasure, StateChange
from provisioning.signup import mail
from tenants import cells, selectors
from tenants.models import Region
from tenants.retiring import retire_names, tombstone
from tenants.states import State

HOLD: Final = timedelta(days=90)
LEEWAY: Final = timedelta(days=7)
"""So much longer than the data are the names kept: nobody moves in before all is gone."""
LAST_NOTICES: Final = timedelta(hours=1)
"""So long after its end a region keeps its names, for the mails that tell of it."""


def begin_due(now: datetime | None = None) -> list[Erasure]:
    """Begin the hold of each region that was closed an hour ago or more. On the platform."""
    moment = now or timezone.now()
    closed = Region.objects.filter(state=State.CLOSED, erasure=None)
    closed = closed.exclude(schema_name__startswith="closed_").filter(moving_since=None)
    found = [(row, _closed_at(row)) for row in closed]
    begun = []
    for row, at in found:
        if at <= moment - LAST_NOTICES:
            with passed_over(row.schema_name):
                begun.append(begin(row, at))
    return begun


@transaction.atomic
def begin(row: Region, closed_at: datetime) -> Erasure:
    """Take the names off the region and let its data wait, out of everybody's reach.

    Schema and role get the tombstone's names, so that a later region may have the old ones. The
    admins are told by mail until when their data are kept and where the certificate will be. In
    another cell than the main one the names change just before the directory knows of it; who
    comes after a process that died in between finds them changed.
    """
    row = Region.objects.select_for_update().get(pk=row.pk)
    schema, role = row.schema_name, row.role
    there = selectors.freeze(row)
    renamed = _is_renamed(row)
    if renamed:
        there = replace(there, schema=tombstone(row), role=tombstone(row))
    people = _people(there)
    made = Erasure.objects.create(
        region=row, schema=schema, role=role, closed_at=closed_at, due_at=closed_at + HOLD,
        facts=_facts(row),
    )  # fmt: skip
    retire_names(row, now=closed_at + LEEWAY)
    if not renamed:
        with context.crossing(), cells.caretaker(row.cell_id), connection.cursor() as cursor:
            cursor.execute(
                f'ALTER SCHEMA "{schema}" RENAME TO "{row.schema_name}";\n'
                f'ALTER ROLE "{role}" RENAME TO "{row.role}";\n'
            )
    audit.record(action="region.held", target=schema, after={"until": made.due_at})
    for language, addresses in people.items():
        with translation.override(language):
            told = {"region": row, "until": made.due_at, "page": page_of(made)}
            for address in addresses:
                mail.deliver("held", [address], told)
    return made


def page_of(erasure: Erasure) -> str:
    """Return the address at the apex that tells how far the erasure is."""
    path = reverse(
        "provisioning:erased", args=[erasure.uuid], urlconf=settings.PUBLIC_SCHEMA_URLCONF
    )
    return mail.apex_url() + path


def _is_renamed(row: Region) -> bool:
    with context.crossing(), cells.caretaker(row.cell_id), connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [tombstone(row)])
        [there] = cursor.fetchone()
    return bool(there)


def _facts(row: Region) -> dict[str, object]:
    ending = Ending.objects.filter(region=row).exclude(closed_at=None).first()
    export = exports.accepted(row.pk)
    return {
        "name": row.name,
        "code": row.code,
        "address": row.slug,
        "asked_by": ending.asked_by if ending else "",
        "confirmed_by": ending.confirmed_by if ending else "",
        "export_sha256": export.sha256 if export else "",
        "export_accepted_by": export.accepted_by if export else "",
    }


def _closed_at(row: Region) -> datetime:
    step = StateChange.objects.filter(region=row, after=State.CLOSED).first()
    return step.at if step else timezone.now()


def _people(region: context.Region) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with context.crossing(), context.region_context(region):
        for member in lasting_admins().select_related("user"):
            if member.user.email:
                found.setdefault(member.user.language, []).append(member.user.email)
    return found
