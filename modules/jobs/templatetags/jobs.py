"""Tags of pages about work."""

from typing import Any

from django import template
from django.http import QueryDict
from django.utils.translation import gettext as _, pgettext

from balai.ui.formats import rupiah
from modules.jobs.choices import Education, LanguageLevel, PayPeriod
from modules.jobs.models import Vacancy
from modules.jobs.selectors.filters import Filters, to_query

register = template.Library()
SORT_WORDS = {
    "newest": lambda: pgettext("order", "Newest"),
    "pay": lambda: pgettext("order", "Wage"),
    "closing": lambda: pgettext("order", "Ends soon"),
}


@register.simple_tag
def wage(vacancy: Vacancy) -> str:
    """Return "Rp4.500.000 to Rp5.000.000 a month", or that it is not told."""
    low, high = vacancy.pay_min, vacancy.pay_max
    period = PayPeriod(vacancy.pay_period).label
    if not low and not high:
        return _("Wage not told")
    if low and high and low != high:
        told = _("%(low)s to %(high)s") % {"low": rupiah(low), "high": rupiah(high)}
    elif low and not high:
        told = _("from %(low)s") % {"low": rupiah(low)}
    else:
        told = rupiah(high or low or 0)
    return f"{told} {period}"


@register.filter
def diploma(value: int) -> str:
    """Return the name of a level of education."""
    return str(Education(value).label)


@register.filter
def get(counts: dict[str, int], name: str) -> int:
    """Return one of several counts, 0 where there is none."""
    return counts.get(name, 0)


@register.simple_tag
def language_level(value: str) -> str:
    """Return how well a language is spoken, in words."""
    return str(LanguageLevel(value).label) if value in LanguageLevel.values else ""


@register.inclusion_tag("jobs/parts/sorts.html")
def sort_tabs(filters: Filters, sorts: Any) -> dict[str, Any]:
    """Offer the orders of the list as links that keep the filters."""
    plain = filters.without("sort")
    links = []
    for name in sorts:
        query = QueryDict(to_query(plain), mutable=True)
        if name != sorts[0]:
            query["sort"] = name
        links.append((query.urlencode(), SORT_WORDS[name](), name == filters.sort))
    return {"links": links}
