"""Count that an app was opened from here: a number a day, nobody's in particular."""

from datetime import date

from django.db import connection

from modules.catalogue.models import App
from modules.catalogue.models.day import BLANK

# One statement: two clicks at once are two. No address, no session, no time of day is kept.
COUNT = """
    INSERT INTO catalogue_day (app_id, date, opened, looks, failed, took_ms, track)
    VALUES (%s, %s, 1, 0, 0, 0, %s)
    ON CONFLICT (app_id, date) DO UPDATE SET opened = catalogue_day.opened + 1
"""


def count(*, app: App, today: date) -> None:
    """Add one to the app's day."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [app.pk, today, BLANK])
