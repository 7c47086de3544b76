"""One of everything that an address of ours names (I-01)."""

from datetime import date

from balai.workcal import services

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Make a local holiday in the active region."""
    holiday = services.add_holiday(day=date(2027, 2, 26), name=CANARY)
    by_pk: dict[str, object] = {"pk": holiday.pk}
    return {"workcal_console:edit": by_pk, "workcal_console:remove": by_pk}
