"""Who may see the photos of AK/I cards, and who hears when something waits for the office."""

from typing import Any, Final

from django.http import HttpRequest

from balai import files, live
from balai.files.models import StoredFile
from modules.jobs import rights
from modules.jobs.models import Card
from modules.jobs.services import papers
from modules.jobs.states import CardState
from modules.jobs.workflow import CARDS

CHECKING: Final = (CardState.APPLIED, CardState.CHECKED, CardState.RETURNED)


def may_see_paper(user: Any, file: StoredFile, request: HttpRequest) -> bool:
    """Tell whether somebody may see a photo.

    Officers see KTP and diploma only while they check them, and the printed ones always.
    Employers see none.
    """
    if not user.is_authenticated:
        return False
    if file.owner.startswith(papers.tray_of(user)):
        return True
    kind, _dot, rest = file.owner.partition("jobs.card:")
    card, _colon, slot = rest.partition(":")
    if kind or not card:
        return False
    row = Card.objects.filter(uuid=card).only("user_id", "state").first()
    if row is None:
        return False
    return row.user_id == user.pk or bool(may_open(slot, row.state) and user.has_perm(CARDS))


def may_open(slot: str, state: str) -> bool:
    """Tell whether the office may open a photo of a card in this state."""
    return slot not in papers.COMPARED or state in CHECKING


files.policy(papers.PURPOSE, may_see_paper)


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear that something happened; the event carries ids only."""
    return bool(user is not None and user.is_authenticated and user.has_perm(rights.DESK))


live.topic_policy("jobs.", may_listen)
