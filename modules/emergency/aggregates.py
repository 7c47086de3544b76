"""The centre's figures for the province: emergencies and noise apart, one median.

No sum of both counts is told, so that one that is held back cannot be worked out.
"""

from django.utils.translation import gettext_lazy as _

from balai.aggregates import Figure, Measured, Month
from modules.emergency.selectors import periods, response, volume

FIGURES = (
    Figure("incidents", _("Emergencies reported to 112"), _("emergencies"), inflow=True),
    Figure("noise", _("Calls to 112 that were no emergency"), _("calls")),
    Figure("on_scene_minutes", _("Median time until help is on scene"), _("minutes")),
)


def measure(month: Month) -> dict[str, Measured]:
    """Return the month's figures (2 queries)."""
    period = periods.around(periods.MONTH, month.first)
    calls = volume.volume(period)
    reached = response.median_on_scene(period)[1]
    found = {
        "incidents": Measured(calls.real, calls.real),
        "noise": Measured(calls.noise, calls.noise),
    }
    if reached.p50 is not None:
        found["on_scene_minutes"] = Measured(round(reached.p50 / 60, 1), reached.n)
    return found
