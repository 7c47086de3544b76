"""Sample reports for a region that tries the site out: clearly marked, taken away in one go.

They go through the real services at spread times, so that history, clocks and figures are those
of real work. Nobody is named and nobody is written to.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from balai import context, workcal
from balai.audit.actor import acting_as
from balai.directory.models import Agency, Area
from modules.complaints import services
from modules.complaints.models import Category, Complaint
from modules.complaints.sample import acting, photos

if TYPE_CHECKING:
    from balai.accounts.models import User

DAYS_BACK = 45
AGES = {
    "received": (0.2, 1), "need_info": (1.2, 1), "dispositioned": (0.9, 1),
    "in_progress": (4, 9), "resolved": (5, 4), "reopened": (9, 5),
}  # fmt: skip
"""How many days ago reports of a state came in: at least, and spread over so many more."""


@dataclass(frozen=True, slots=True)
class Story:
    """One sample report: what was told, how far it got, and what was said on the way."""

    category: str
    title: str
    text: str
    landmark: str
    end: str
    scene: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """What the stories are played with: the region's own places, kinds, agencies, first admin."""

    places: list[Area]
    categories: dict[str, Category]
    fallback: Agency | None
    admin: "User | None"


def load() -> int:
    """Add the sample reports unless they are there; return how many there are."""
    if not Complaint.objects.filter(sample=True).exists():
        chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same set every time
        now = timezone.now()
        begun = [(_begin(story, at, now, chance), story) for at, story in enumerate(stories())]
        cast = _cast(chance)
        with acting_as("sample data"):
            for start, story in sorted(begun, key=lambda item: item[0]):
                _play(story, start, now, cast, chance)
    return Complaint.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take all sample reports and their photos away; return how many there were."""
    rows = Complaint.objects.filter(sample=True)
    count = rows.count()
    photos.remove(rows)
    rows.delete()
    return count


def stories() -> list[Story]:
    """Return the sample reports of the data file."""
    text = files(__package__).joinpath("reports.json").read_text(encoding="utf-8")
    return [Story(**row) for row in json.loads(text)]


def _begin(story: Story, at: int, now: datetime, chance: random.Random) -> datetime:
    """Return when a report came in: finished ones weeks ago, fresh ones today."""
    least, spread = AGES.get(story.end, (5, DAYS_BACK - 5))
    return now - timedelta(days=least + at * 17 % spread, minutes=chance.randint(5, 300))


def _cast(chance: random.Random) -> Cast:
    villages = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent")
    places = list(villages.defer("boundary", "parent__boundary").order_by("code"))
    chance.shuffle(places)
    categories = Category.objects.filter(parent__isnull=False).select_related("agency")
    return Cast(
        places=places,
        categories={row.slug: row for row in categories},
        fallback=Agency.objects.filter(active=True).order_by("-kind", "id").first(),
        admin=acting.first_admin(),
    )


@transaction.atomic
def _play(story: Story, start: datetime, now: datetime, cast: Cast, chance: random.Random) -> None:
    """Send one report and carry it as far as its story goes."""
    category = cast.categories.get(story.category) or next(iter(cast.categories.values()), None)
    if category is None:
        return
    area = chance.choice(cast.places) if cast.places else None
    draft = services.Draft(
        category=category, text=story.text, title=story.title, area=area,
        landmark=story.landmark, identity=Complaint.Identity.ANONYMOUS,
    )  # fmt: skip
    before = [photos.draw(story.scene, mended=False)] if story.scene else []
    report = services.report(draft=draft, photos=before, sample=True, now=start).complaint
    agency = category.agency or cast.fallback
    if cast.admin is None or agency is None:
        return
    for name, at in zip(acting.path(story.end), _times(start, now, chance), strict=False):
        after = [photos.draw(story.scene or "street", mended=True)] if name == "resolve" else []
        part = acting.Part(agency=agency, by=cast.admin, note=story.note, photos=after, now=at)
        report = acting.STEPS[name](report, part)


def _times(start: datetime, now: datetime, chance: random.Random) -> Iterator[datetime]:
    """Yield moments in office hours, each later than the last and none ahead of now."""
    at = start
    for days in (1, 1, 2, 1, 1):
        day = workcal.add_working_days(at, days) - timedelta(minutes=chance.randint(30, 420))
        at = max(min(day, now - timedelta(minutes=2)), at + timedelta(seconds=30))
        yield min(at, now)
