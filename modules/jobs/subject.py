"""What the labour market keeps about a person with an account (UU PDP 27/2022, article 7)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balai.accounts.models import User
from balai.privacy.person import Person
from balai.privacy.subjects import Kept, Place
from modules.jobs.identity import unseal
from modules.jobs.models import Application, Card, Employer, SavedSearch, Seat
from modules.jobs.selectors import seekers
from modules.jobs.services import cards, forgetting, papers, profiles

TITLE: Final = _("Labour market")


def collect(person: Person) -> dict[str, Any]:
    """Return profile, CV, AK/I cards, applications, numbers, searches, and who one acts for."""
    user = person.user
    if user is None:
        return {}
    seeker = seekers.profile(user)
    rows = Application.objects.filter(seeker__user=user).select_related("vacancy__employer")
    acts_for = Employer.objects.filter(members__user=user).order_by("name")
    return {
        "profile": _profile(seeker) if seeker else None,
        "applications": [_application(row) for row in rows.order_by("created_at", "id")],
        "cards": [_card(row) for row in Card.objects.filter(user=user).order_by("created_at")],
        "numbers": [_seat(row) for row in _seats(user)],
        "searches": list(
            SavedSearch.objects.filter(user=user).order_by("id").values("name", "query", "notify")
        ),
        "acts_for": list(acts_for.values_list("name", flat=True)),
    }


def erase(person: Person, now: datetime) -> list[Kept]:
    """Empty the profile, delete CV and cards, withdraw what still runs."""
    if person.user is None:
        return []
    placed = Application.objects.filter(seeker__user=person.user).count()
    forgetting.forget(user=person.user.pk)
    return [
        Kept(
            _("Applications without name, letter and messages"),
            _("Placements are reported to the ministry as figures (Permenaker 39/2016)."),
            ("jobs_application", "jobs_seeker"),
            placed,
        )
    ]


def places(person: Person) -> list[Place]:
    """Return where profile and cards are changed."""
    if person.user is None:
        return []
    return [
        Place(_("Your job profile"), reverse("jobs:profile")),
        Place(_("Your AK/I cards"), reverse("jobs:cards")),
    ]


def _profile(seeker: Any) -> dict[str, Any]:
    told = {name: getattr(seeker, name) for name in profiles.TOLD if name != "district"}
    place = seeker.district.name if seeker.district else ""
    cv = reverse("jobs:cv", args=[seeker.cv_key]) if seeker.cv_key else None
    return {**told, "district": place, "cv": cv}


def _card(row: Card) -> dict[str, Any]:
    told = unseal(row.sealed)
    return {
        "number": row.number,
        "state": row.state,
        "name": row.name,
        "nik": cards.nik_of(row),
        "identity": {**asdict(told), "birth_date": told.birth_date.isoformat()} if told else None,
        "issued_on": row.issued_on.isoformat() if row.issued_on else None,
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "reports": row.reports,
        "photos": [file.url for file in papers.of(row).values()],
        "history": row.history,
    }


def _application(row: Application) -> dict[str, Any]:
    return {
        "vacancy": row.vacancy.title,
        "employer": row.vacancy.employer.name,
        "state": row.state,
        "letter": row.letter,
        "interview_at": row.interview_at.isoformat() if row.interview_at else None,
        "history": row.history,
    }


def _seats(user: User) -> QuerySet[Seat]:
    return Seat.objects.filter(user=user).select_related("session__gathering").order_by("id")


def _seat(row: Seat) -> dict[str, Any]:
    return {
        "what": row.session.gathering.title,
        "starts_at": row.session.starts_at.isoformat(),
        "number": row.number,
        "state": row.state,
        "name": row.name,
        "answers": row.answers,
    }
