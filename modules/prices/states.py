"""The words of the module that are stored: states, units, reasons; with colour, icon and label."""

from django.db import models
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class State(models.TextChoices):
    """How far the round of one market on one day has got."""

    OPEN = "open", pgettext_lazy("round", "Being asked")
    SUBMITTED = "submitted", pgettext_lazy("round", "To be verified")
    RETURNED = "returned", pgettext_lazy("round", "Sent back")
    VERIFIED = "verified", pgettext_lazy("round", "Verified")
    PUBLISHED = "published", pgettext_lazy("round", "Published")


class Unit(models.TextChoices):
    """What a price is for. Never mixed: see ``units.py``."""

    KG = "kg", pgettext_lazy("unit", "kg")
    LITRE = "litre", pgettext_lazy("unit", "litre")
    PIECE = "piece", pgettext_lazy("unit", "piece")
    BIRD = "bird", pgettext_lazy("unit", "bird")
    CYLINDER = "cylinder", pgettext_lazy("unit", "cylinder")
    BUNCH = "bunch", pgettext_lazy("unit", "bunch")
    PACK = "pack", pgettext_lazy("unit", "pack")


class Seen(models.TextChoices):
    """Whether a price was observed. What was not is never written as 0."""

    OBSERVED = "observed", pgettext_lazy("quote", "Observed")
    MISSING = "missing", pgettext_lazy("quote", "Not observed")
    IMPUTED = "imputed", pgettext_lazy("quote", "Carried forward")


class Reason(models.TextChoices):
    """Why a price was not observed. UNKNOWN only comes out of imported tables."""

    NO_STOCK = "no_stock", pgettext_lazy("reason", "No stock")
    CLOSED = "closed", pgettext_lazy("reason", "Stall closed")
    HOLIDAY = "holiday", pgettext_lazy("reason", "Market holiday")
    UNKNOWN = "unknown", pgettext_lazy("reason", "Not said")


class Stock(models.TextChoices):
    """How much of it lies at the stall."""

    PLENTY = "plenty", pgettext_lazy("stock", "Plenty")
    ENOUGH = "enough", pgettext_lazy("stock", "Enough")
    SCARCE = "scarce", pgettext_lazy("stock", "Scarce")


class Flag(models.TextChoices):
    """Why a price was asked twice."""

    JUMP = "jump", pgettext_lazy("flag", "Far from the week's median")
    CEILING = "ceiling", pgettext_lazy("flag", "Above the ceiling")
    BOTH = "both", pgettext_lazy("flag", "Far from the median and above the ceiling")


UNFINISHED = (State.OPEN, State.RETURNED)
ASKED = (Reason.NO_STOCK, Reason.CLOSED, Reason.HOLIDAY)
"""The reasons an enumerator may give."""


STATUSES: dict[str, Status] = {
    State.OPEN: Status("grey", "notebook-pen", State.OPEN.label),
    State.SUBMITTED: Status("amber", "hourglass", State.SUBMITTED.label),
    State.RETURNED: Status("red", "undo-2", State.RETURNED.label),
    State.VERIFIED: Status("blue", "check", State.VERIFIED.label),
    State.PUBLISHED: Status("green", "check-check", State.PUBLISHED.label),
}
MISSING_ROUND = Status("grey", "circle-dashed", pgettext_lazy("round", "Not begun"))
