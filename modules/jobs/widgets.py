"""Tiles: the newest vacancies at home, what waits on the desk, who found work on the wall."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from balai.modules import Widget
from modules.jobs import rights, topics
from modules.jobs.selectors import desk, figures, public

ROWS = 4
QUEUES = {
    "employers": "jobs_desk:index", "vacancies": "jobs_desk:vacancies", "cards": "jobs_desk:cards",
}  # fmt: skip


class NewestVacancies(Widget):
    """What opened last."""

    template_name = "jobs/widgets/newest.html"
    places = ("home",)
    order = 40

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the rows of a list."""
        return {"rows": list(public.vacancies()[:ROWS])}


class WaitingForUs(Widget):
    """What an officer of the manpower office has to do."""

    template_name = "jobs/widgets/waiting.html"
    places = ("desk",)
    topics = (*topics.EMPLOYERS, *topics.VACANCIES, *topics.CARDS)
    order = 40
    permission = rights.DESK

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return how much waits in all queues, how much of it is late, and where it is."""
        found = desk.waiting(timezone.now())
        late = found.pop("late")
        first = next((name for name, waiting in found.items() if waiting), "employers")
        return {"all": sum(found.values()), "late": late, "url": reverse(QUEUES[first])}


class FoundWork(Widget):
    """How many found work lately."""

    template_name = "jobs/widgets/placed.html"
    places = ("wall", "desk")
    topics = topics.PLACED
    order = 41

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return placements of ninety days and how many people are wanted now."""
        now = timezone.now()
        return {"placed": figures.recent(now), "openings": figures.market(now).openings}
