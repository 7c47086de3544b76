"""Which data sets there are: modules name theirs in ``datasets.py``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from django.urls import reverse
from django.utils.functional import Promise

from balai import context
from balai.modules import registry

Text = str | Promise
# Codes of the EU's authority tables, which DCAT-AP asks for.
Frequency = Literal["CONT", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "ANNUAL", "IRREG"]
Theme = Literal["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "JUST", "REGI", "SOCI",
                "TECH", "TRAN"]  # fmt: skip
CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
_datasets: dict[str, "Dataset"] = {}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form of a data set.

    ``format`` is a code of the EU's file types ("CSV", "JSON", "GEOJSON", "XML", "ATOM", "RSS");
    ``url_name`` names the page that gives it, ``query`` is added to its address.
    """

    format: str
    media_type: str
    url_name: str
    title: Text = ""
    query: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The full address in the current region."""
        path = reverse(self.url_name, kwargs=dict(self.kwargs) or None, urlconf="balai.urls_region")
        question = f"?{self.query}" if self.query else ""
        return f"{context.current_region().base_url}{path}{question}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of data that is open to everybody.

    ``name`` is "<slug>.<what>"; ``page`` names the page where people look at the same;
    ``modified`` tells when it last changed (None: unknown); ``open`` tells whether the region
    gives it away at all.
    """

    name: str
    title: Text
    description: Text
    theme: Theme
    frequency: Frequency
    distributions: Sequence[Distribution]
    keywords: Sequence[Text] = ()
    page: str = ""
    licence: str = CC_BY
    modified: Callable[[], datetime | None] = lambda: None
    open: Callable[[], bool] = lambda: True

    @property
    def slug(self) -> str:
        """The name in addresses, as CKAN allows it: "complaints-statistics"."""
        return self.name.replace(".", "-").replace("_", "-")

    @property
    def module(self) -> str:
        """The slug of the module it comes from."""
        return self.name.partition(".")[0]

    @property
    def url(self) -> str:
        """The full address of its page in the catalogue."""
        path = reverse("opendata:dataset", args=[self.slug], urlconf="balai.urls_region")
        return f"{context.current_region().base_url}{path}"

    @property
    def page_url(self) -> str:
        """The address where people look at the same data, "" for none."""
        return reverse(self.page, urlconf="balai.urls_region") if self.page else ""


def publish(dataset: Dataset) -> Dataset:
    """Add a data set to the catalogue.

    Raises:
        ValueError: when the name is taken by another one.
    """
    if _datasets.get(dataset.name, dataset) is not dataset:
        raise ValueError(f"there is a data set {dataset.name!r} already")
    _datasets[dataset.name] = dataset
    return dataset


def offered() -> list[Dataset]:
    """Return what the current region gives away: the sets of its active modules, by title."""
    found = [one for one in _datasets.values() if not registry.is_off(one.module) and one.open()]
    return sorted(found, key=lambda one: str(one.title))


def find(slug: str) -> Dataset | None:
    """Return the offered set with this name in addresses, or None."""
    return next((one for one in offered() if one.slug == slug), None)
