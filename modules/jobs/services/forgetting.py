"""An account was closed: what names the person goes, what was placed stays countable."""

from django.db import transaction
from django.utils import timezone

from modules.jobs.models import Application, Card, EmployerMember, SavedSearch, Seat, Seeker
from modules.jobs.services import applying, cards, papers, profiles, seating
from modules.jobs.states import UNDECIDED, SeatState

EMPTIED = ("name", "phone", "email", "school", "major", "grade", "wanted", "skills", "about")
LISTS = ("experience", "training", "languages")


@transaction.atomic
def forget(*, user: int) -> None:
    """Take the person out of everything: profile, letters, messages, CV, cards, employers.

    Kecamatan, diploma and the states of applications stay, for the figures of placements. Doing
    it twice is doing it once.

    Args:
        user: the account's key; its row is kept without a name.
    """
    EmployerMember.objects.filter(user=user).delete()
    SavedSearch.objects.filter(user=user).delete()
    _leave(user)
    for card in Card.objects.filter(user=user).order_by("pk"):
        cards.erase(card)
    papers.empty_tray(user=user)
    forget_profile(user=user)


@transaction.atomic
def forget_profile(*, user: int) -> None:
    """Withdraw what still runs, empty profile and letters, delete the CV; cards stay."""
    seeker = Seeker.objects.filter(user=user).select_related("user").first()
    if seeker is None:
        return
    for row in Application.objects.filter(seeker=seeker, state__in=UNDECIDED).order_by("pk"):
        applying.withdraw(application=row, by=seeker.user)
    for row in Application.objects.filter(seeker=seeker).order_by("pk"):
        row.letter, row.slots, row.interview_place = "", [], ""
        row.history = [{**line, "text": ""} for line in row.history]
        row.save(update_fields=["letter", "slots", "interview_place", "history"])
    if seeker.cv_key is not None:
        profiles.drop_cv(seeker=seeker)
    for name in EMPTIED:
        setattr(seeker, name, "")
    for name in LISTS:
        setattr(seeker, name, [])
    seeker.graduated, seeker.updated_at = None, timezone.now()
    seeker.save(update_fields=[*EMPTIED, *LISTS, "graduated", "updated_at"])


def _leave(user: int) -> None:
    """Give back the places that are still to come; a number stays without a name."""
    rows = Seat.objects.filter(user=user, session__ends_at__gt=timezone.now())
    for seat in rows.filter(state__in=(SeatState.HELD, SeatState.ACCEPTED)).select_related("user"):
        if seat.user is not None:
            seating.move("cancel", seat, by=seat.user)
    Seat.objects.filter(user=user).update(**seating.NAMELESS)
