"""What a search is called until its owner calls it something else."""

from django.utils.translation import gettext as _

from balai.directory.models import Area
from balai.ui.formats import rupiah
from modules.jobs.choices import Education, EmploymentType, Occupation
from modules.jobs.selectors.filters import Filters


def describe(filters: Filters) -> str:
    """Return the search in words: "kasir, Cipondoh, Fixed term"."""
    rows = Area.objects.filter(pk=filters.district or 0)
    district = rows.values_list("name", flat=True).first()
    parts = [
        filters.query,
        district or "",
        str(Occupation(filters.occupation).label) if filters.occupation else "",
        str(EmploymentType(filters.type).label) if filters.type else "",
        str(Education(filters.education).label) if filters.education else "",
        _("from %(low)s") % {"low": rupiah(filters.pay)} if filters.pay else "",
        _("Disability-friendly") if filters.disability else "",
        _("Also from home") if filters.remote else "",
    ]
    return ", ".join(filter(None, parts))[:80]
