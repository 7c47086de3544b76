"""Tell open pages of something that is no domain event, such as a step of a long job."""

import json

from django.db import connection

from balai import context
from balai.listen import LIVE_CHANNEL


def announce(topic: str) -> None:
    """Wake the pages that listen to ``topic`` when the running transaction commits, or now.

    Nothing is stored: a page that was away is told to fetch everything when it comes back.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    notice = {"schema": context.schema(), "topic": topic, "id": 0}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, json.dumps(notice)])
