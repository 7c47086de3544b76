"""An account was closed: what names the person goes, what was placed stays countable."""

from django.db import transaction
from django.utils import timezone

from modules.jobs.models import Application, EmployerMember, SavedSearch, Seeker
from modules.jobs.services import applying, profiles
from modules.jobs.states import UNDECIDED

EMPTIED = ("name", "phone", "email", "school", "major", "grade", "wanted", "skills", "about")
LISTS = ("experience", "training", "languages")


@transaction.atomic
def forget(*, user: int) -> None:
    """Withdraw what still runs, empty profile, letters and messages, delete the CV.

    Kecamatan, diploma and the states of applications stay, for the figures of placements. Doing
    it twice is doing it once.

    Args:
        user: the account's key; its row is kept without a name.
    """
    EmployerMember.objects.filter(user=user).delete()
    SavedSearch.objects.filter(user=user).delete()
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
