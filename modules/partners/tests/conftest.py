"""Institutions, papers and cases to work with; everything through the real services."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balai.accounts.models import User
from balai.context import Region
from balai.directory.models import Area
from balai.modules.events import receivers_of
from balai.outbox.models import Event
from modules.complaints import services as complaints
from modules.complaints.models import Category, Complaint
from modules.partners import sources
from modules.partners.models import Cooperation, Partner, Share
from modules.partners.services import agreements, people, sharing

WORDS = "Dua orang membawa senjata tajam mondar-mandir di depan warung sejak malam."


def paper(**told: Any) -> dict[str, Any]:
    """Return what was agreed about security: what was written and where, for a year."""
    today = timezone.localdate()
    return {
        "basis": "pks", "number": "PKS/1/2026", "signed_on": today, "starts_on": today,
        "ends_on": today + timedelta(days=365), "purpose": "Keamanan warga", "areas": [],
        "categories": {"complaints": ["gangguan-keamanan", "kekerasan"]},
        "fields": {"complaints": ["text", "position"]}, "acknowledge_days": 1,
        "contacts": [{"name": "A", "post": "B", "email": "piket@polres.test", "phone": ""}],
        **told,
    }  # fmt: skip


def deliver(*prefixes: str) -> None:
    """Run the receivers of every event of some topics, as the outbox does, twice each."""
    for event in Event.objects.order_by("id"):
        if event.topic.startswith(prefixes or ("partners.",)):
            for receive in receivers_of(event.topic):
                receive(event.data())
                receive(event.data())


@pytest.fixture
def police(in_region: Region) -> Partner:
    """Polres, as the preset brings it."""
    return Partner.objects.get(slug="polres")


@pytest.fixture
def agreed(police: Partner) -> Cooperation:
    """A co-operation with Polres that is in force."""
    return agreements.save_cooperation(partner=police, told=paper())


@pytest.fixture
def coordinator(in_region: Region, make_user: Callable) -> Any:
    """Somebody who shares."""
    return make_user("coordinator")


@pytest.fixture
def second(in_region: Region, make_user: Callable) -> Any:
    """Somebody else who shares."""
    return make_user("coordinator")


@pytest.fixture
def constable(agreed: Cooperation, make_user: Callable) -> Any:
    """Somebody of Polres."""
    user = make_user()
    people.add(partner=agreed.partner, email=user.email)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def outsider(in_region: Region, make_user: Callable) -> Any:
    """Somebody of PLN, which has a co-operation of its own."""
    grid = Partner.objects.get(slug="pln")
    agreements.save_cooperation(partner=grid, told=paper(number="PKS/2/2026"))
    user = make_user()
    people.add(partner=grid, email=user.email)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def report(in_region: Region) -> Callable[..., Complaint]:
    """Return a function that sends a report, about security unless told otherwise."""

    def send(
        category: str = "gangguan-keamanan", photos: Any = (), sample: bool = False, **fields: Any
    ) -> Complaint:
        village = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first()
        draft = complaints.Draft(
            category=Category.objects.get(slug=category), text=WORDS, area=village,
            identity="anonymous", pin=(-6.17801, 106.63009), **fields,
        )  # fmt: skip
        return complaints.report(draft=draft, photos=list(photos), sample=sample).complaint

    return send


@pytest.fixture
def shared(
    agreed: Cooperation, coordinator: Any, report: Callable[..., Complaint]
) -> Callable[..., Share]:
    """Return a function that shares a report with Polres by hand."""

    def make(category: str = "gangguan-keamanan", **told: Any) -> Share:
        source = sources.active()["complaints"]
        facts = source.case(report(category).uuid)
        assert facts is not None
        wish = {"fields": ["text", "position", "title"], "reason": "Perlu patroli", **told}
        return sharing.share(
            wish=sharing.Wish(source=source, facts=facts, cooperation=agreed, **wish),
            by=coordinator,
        )

    return make


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    """Return a function that gives somebody's client, or a visitor's."""
    return lambda user=None: client_for(in_region, user)
