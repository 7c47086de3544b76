"""A small centre: people, categories, units; everything through the real services."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Agency
from modules.emergency.models import Category, Incident, Outcome, Shift, Unit
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType


@pytest.fixture
def fire(in_region: Region) -> Category:
    """Fire: eight minutes, a fire engine."""
    return Category.objects.get_or_create(
        slug="uji-kebakaran",
        defaults={
            "label_id": "Kebakaran", "label_en": "Fire", "icon": "flame", "urgency": "life",
            "target_minutes": 8, "units": ["fire"],
            "agency": Agency.objects.order_by("pk").first(),
        },
    )[0]  # fmt: skip


@pytest.fixture
def violence(in_region: Region) -> Category:
    """Domestic violence: sealed."""
    return Category.objects.get_or_create(
        slug="uji-kdrt",
        defaults={
            "label_id": "KDRT", "label_en": "Domestic violence", "sealed": True,
            "urgency": "high", "units": ["police", "social"],
        },
    )[0]  # fmt: skip


@pytest.fixture
def outcome(in_region: Region) -> Outcome:
    """Help was given."""
    return Outcome.objects.get_or_create(
        code="uji-tertangani", defaults={"label_id": "Tertangani", "label_en": "Handled"}
    )[0]


@pytest.fixture
def engine(in_region: Region) -> Unit:
    """A fire engine at its post."""
    agency = Agency.objects.order_by("pk").first()
    return Unit.objects.create(callsign="Uji Damkar 1", kind="fire", agency=agency)


@pytest.fixture
def taker(in_region: Region, make_user: Callable) -> object:
    """Answers the phone."""
    return make_user("call_taker")


@pytest.fixture
def dispatcher(in_region: Region, make_user: Callable) -> object:
    """Sends units."""
    return make_user("dispatcher")


@pytest.fixture
def supervisor(in_region: Region, make_user: Callable) -> object:
    """Runs the shift."""
    return make_user("emergency_supervisor")


@pytest.fixture
def crew(in_region: Region, engine: Unit, make_user: Callable) -> object:
    """Somebody on the fire engine."""
    person = make_user("crew")
    Shift.objects.create(unit=engine, user=person)
    return person


@pytest.fixture
def told(fire: Category) -> Callable[..., Told]:
    """Return a function that tells of a fire."""

    def tell(**fields: object) -> Told:
        fields.setdefault("key", uuid.uuid4())
        fields.setdefault("kind", CallType.NORMAL)
        fields.setdefault("answered_at", timezone.now())
        fields.setdefault("category", fire)
        fields.setdefault("text", "Api di lantai dua, ada orang di dalam.")
        return Told(**fields)

    return tell


@pytest.fixture
def incident(told: Callable[..., Told], taker: object) -> Incident:
    """A fire that waits for a unit."""
    call = take(told=told(), taker=taker)
    assert call.incident is not None
    return call.incident
