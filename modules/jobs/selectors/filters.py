"""What a visitor may ask the list of vacancies for: read from an address, written back into one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from modules.jobs.choices import Education, EmploymentType, Occupation

SORTS: Final = ("newest", "pay", "closing")
WAGES: Final = (2_000_000, 3_000_000, 4_000_000, 5_000_000, 7_500_000, 10_000_000)
LONGEST_QUERY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a visitor asked for; None, 0 and "" mean "all".

    ``education`` is the visitor's own diploma: what asks for more is left out. ``pay`` is what
    they want a month at least, in rupiah.
    """

    query: str = ""
    district: int | None = None
    occupation: int | None = None
    type: str = ""
    education: int | None = None
    pay: int | None = None
    disability: bool = False
    remote: bool = False
    sort: str = SORTS[0]

    @property
    def narrowed(self) -> int:
        """How many of the less used filters are set."""
        less_used = (self.occupation, self.education, self.pay, self.disability, self.remote)
        return sum(bool(value) for value in less_used)

    def without(self, *names: str) -> "Filters":
        """Return the same with some filters taken away."""
        plain = Filters()
        return replace(self, **{name: getattr(plain, name) for name in names})


def parse(given: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what makes no sense there counts as not asked for."""
    sort, kind = given.get("sort", ""), given.get("type", "")
    return Filters(
        query=given.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY],
        district=number(given.get("district", "")),
        occupation=_one_of(given.get("occupation", ""), Occupation.values),
        type=kind if kind in EmploymentType.values else "",
        education=_one_of(given.get("education", ""), Education.values),
        pay=_one_of(given.get("pay", ""), WAGES),
        disability=bool(given.get("disability")),
        remote=bool(given.get("remote")),
        sort=sort if sort in SORTS else SORTS[0],
    )


def to_query(filters: Filters, **more: Any) -> str:
    """Return the query string that :func:`parse` reads as ``filters``, with ``more`` beside it."""
    values: dict[str, Any] = {
        "q": filters.query,
        "district": filters.district,
        "occupation": filters.occupation,
        "type": filters.type,
        "education": filters.education,
        "pay": filters.pay,
        "disability": int(filters.disability),
        "remote": int(filters.remote),
        "sort": filters.sort if filters.sort != SORTS[0] else "",
        **more,
    }
    return urlencode({name: value for name, value in values.items() if value})


def number(text: str) -> int | None:
    """Return a positive number of at most nine digits, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _one_of(text: str, known: Any) -> int | None:
    found = number(text)
    return found if found and found in known else None
