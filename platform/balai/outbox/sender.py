"""Hand claimed events to the broker, or deliver them here while there is none."""

import time
from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from balai import context
from balai.modules import events
from balai.outbox import claims, delivery, tasks
from balai.outbox.models import Event

log = structlog.get_logger(__name__)

PATIENCE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Served:
    """How one region's turn went: how many events were sent, and whether more are due."""

    sent: int
    more: bool


class Sender:
    """Sends for one region after the other; remembers for a few seconds that the broker is gone."""

    def __init__(self) -> None:
        self._broker_back_at = 0.0

    def serve(self, active: context.Context, *, bury: bool) -> Served:
        """Send what is due in ``active``, a window's worth at most.

        Args:
            bury: also make dead letters of what used up its attempts.
        """
        token = context.activate(active)
        try:
            if bury:
                claims.bury()
            sent = self._inline() if time.monotonic() < self._broker_back_at else self._send()
            return Served(sent, more=bool(sent) or claims.waiting())
        finally:
            context.deactivate(token)

    def _send(self) -> int:
        # Before the claim commits: if this process ends in between, nothing was claimed.
        try:
            with transaction.atomic():
                items = claims.claim()
                for item in self._with_receivers(items):
                    tasks.deliver.apply_async((item.id,), retry=False)
        except (OperationalError, ConnectionError, TimeoutError) as error:
            log.warning("broker_unreachable", error=type(error).__name__)
            self._broker_back_at = time.monotonic() + PATIENCE
            return self._inline()
        return len(items)

    def _inline(self) -> int:
        with transaction.atomic():
            items = claims.claim()
            mine = self._with_receivers(items)
        active = context.current()
        if isinstance(active, context.Region):
            # The relay's own copy may be some seconds old; receivers must see today's switches.
            active = import_string(settings.REGION_LOADER)(active.schema) or active
        token = context.activate(active)
        try:
            for item in mine:
                delivery.deliver(item.id)
        finally:
            context.deactivate(token)
        return len(items)

    def _with_receivers(self, items: list[claims.Claim]) -> list[claims.Claim]:
        """Finish events that no code listens to: open pages have heard of them already."""
        known = events.known_topics()
        unheard = [item.id for item in items if item.topic not in known]
        if unheard:
            Event.objects.filter(pk__in=unheard).update(done_at=Now())
        return [item for item in items if item.topic in known]
