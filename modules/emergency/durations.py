"""Short spans of time in words, as a shift says them."""

from django.utils.translation import gettext as _


def words(seconds: float | None) -> str:
    """Return "38 s", "4 min 12 s" or "1 h 5 min"; "–" for None."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole < 60:
        return _("%(s)s s") % {"s": whole}
    if whole < 3600:
        return _("%(m)s min %(s)s s") % {"m": whole // 60, "s": whole % 60}
    return _("%(h)s h %(m)s min") % {"h": whole // 3600, "m": whole % 3600 // 60}
