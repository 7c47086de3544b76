"""The journal of a region's move to another cell: where it stands, so that it can go on."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class MoveState(models.TextChoices):
    """How far a move is. The directory's row alone says in which cell the region is."""

    PLANNED = "planned", _("Planned")
    PAUSED = "paused", _("Writes paused")
    COPIED = "copied", _("Copied and verified")
    SWITCHED = "switched", _("Switched")
    KEPT = "kept", _("Old copy kept")
    FINISHED = "finished", _("Finished")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


NEXT: Final[dict[str, frozenset[str]]] = {
    MoveState.PLANNED: frozenset({MoveState.PAUSED, MoveState.UNDOING}),
    MoveState.PAUSED: frozenset({MoveState.COPIED, MoveState.UNDOING}),
    MoveState.COPIED: frozenset({MoveState.SWITCHED, MoveState.UNDOING}),
    MoveState.SWITCHED: frozenset({MoveState.KEPT}),
    MoveState.KEPT: frozenset({MoveState.FINISHED}),
    MoveState.FINISHED: frozenset(),
    MoveState.UNDOING: frozenset({MoveState.UNDONE}),
    MoveState.UNDONE: frozenset(),
}
BEFORE_SWITCH: Final = frozenset({MoveState.PLANNED, MoveState.PAUSED, MoveState.COPIED})
UNDER_WAY: Final = BEFORE_SWITCH | {MoveState.SWITCHED, MoveState.UNDOING}
OVER: Final = frozenset({MoveState.KEPT, MoveState.FINISHED, MoveState.UNDONE})


class RegionMove(models.Model):
    """One move of one region; at most one of a region is under way."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="moves")
    source = models.CharField(_("from cell"), max_length=20)
    target = models.CharField(_("to cell"), max_length=20)
    schema = models.CharField(max_length=63)
    old_role = models.CharField(max_length=63)
    new_role = models.CharField(max_length=63)
    state = models.CharField(
        _("state"), max_length=10, choices=MoveState, default=MoveState.PLANNED
    )
    tables = models.JSONField(_("tables"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    resumed_at = models.DateTimeField(_("writes went on at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("move of a region")
        verbose_name_plural = _("moves of regions")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=~models.Q(state__in=["kept", "finished", "undone"]),
                name="region_move_one_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schema}: {self.source} -> {self.target}"

    @property
    def kept_schema(self) -> str:
        """What the old copy is called until it is dropped."""
        return f"moved_{self.pk}_{self.schema}"[:63]

    @property
    def rows(self) -> int:
        """How many rows were copied."""
        return sum(int(count) for count, _sum in self.tables.values())

    @property
    def pause_ms(self) -> int | None:
        """How long the region's writes were paused, in milliseconds; None while they are."""
        if self.paused_at is None or self.resumed_at is None:
            return None
        return round((self.resumed_at - self.paused_at).total_seconds() * 1000)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "region": self.schema, "from": self.source, "to": self.target, "state": self.state,
            "tables": len(self.tables), "rows": self.rows, "pause_ms": self.pause_ms,
            "error": self.error,
        }  # fmt: skip
