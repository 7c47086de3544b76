"""Tells open wizard pages that an opening has come further."""

import json

from django.db import connection

from balai import context
from provisioning.models import Opening


def topic(opening: Opening) -> str:
    """Return the opening's live topic; its uuid is known to nobody but its applicant."""
    return f"opening.{opening.uuid}"


def announce(opening: Opening) -> None:
    """Notify, when the running transaction commits, the pages that show this opening."""
    message = {"schema": context.SHARED_SCHEMA, "topic": topic(opening), "id": opening.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", ["balai_live", json.dumps(message)])
