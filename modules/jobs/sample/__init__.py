"""Sample vacancies for a region that tries the site out: clearly marked, taken away in one go.

They go through the real services at spread times, so that queues, histories and figures are those
of real work. Nobody is written to about them, and no search engine reads them.
"""

import json
import random
from datetime import timedelta
from importlib.resources import files
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from balai import context
from balai.audit.actor import acting_as
from modules.jobs.models import Application, Employer, Gathering, Vacancy
from modules.jobs.sample import people, playing
from modules.jobs.sample.playing import Cast

OFFICERS: Final = (
    ("Pengantar kerja", "pengantar.kerja", "Pengantar Kerja Contoh", "placement_officer", ""),
)
"""Who can sign in at the demo: what they are, name to sign in with, name, role, agency's code."""


def load(most: int | None = None) -> int:
    """Add the samples unless they are there; return how many vacancies there are.

    Args:
        most: play only so many of the stories.
    """
    if not Vacancy.objects.filter(sample=True).exists():
        chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same set every time
        now = timezone.now()
        with acting_as("sample data"), people.staff() as staff:
            cast = _cast(staff, chance, most)
            for at, story in enumerate(stories()[:most]):
                if story["firm"] < len(cast.firms):
                    playing.play(story, at, cast, now, chance)
            playing.meet(cast, now)
    return Vacancy.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take all of it away; return how many vacancies there were."""
    rows = Vacancy.objects.filter(sample=True)
    count = rows.count()
    Application.objects.filter(vacancy__sample=True).delete()
    rows.delete()
    Employer.objects.filter(sample=True).delete()
    Gathering.objects.filter(sample=True).delete()
    people.remove_seekers()
    people.remove_stand_ins()
    return count


def stories() -> list[dict[str, Any]]:
    """Return the vacancies of the data file."""
    return _read("vacancies.json")


def _cast(staff: people.Staff, chance: random.Random, most: int | None) -> Cast:
    """Return employers, seekers and places; the employers registered four months ago."""
    begun = timezone.now() - timedelta(days=120)
    places = playing.villages()
    chance.shuffle(places)
    told = _read("employers.json")[: None if most is None else most]
    firms = [playing.register(row, at, staff, begun, places) for at, row in enumerate(told)]
    seekers = people.seekers([place.parent for place in places[:12]])
    return Cast(staff, firms, seekers, places)


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        files(__package__).joinpath(name).read_text(encoding="utf-8")
    )
    return rows
