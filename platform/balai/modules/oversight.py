"""What leaders may see of the agencies: an :class:`Oversight` in a module's ``oversight.py``.

Whoever shows it (the live room) knows no module, and a module knows nothing of who shows it. What
is offered here is judged by the module itself: it alone knows which of its cases are secret.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Final, Generic, TypeVar, overload

from django.db.models import Model, QuerySet

from balai import context
from balai.modules.manifest import type_str

FAIR_MINIMUM: Final = 20
"""Median, p90 and shares are told from this many cases on: of fewer they would be unfair."""
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days by the region's own clock, both of them in it."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time.min, context.current_region().zone)

    @property
    def end(self) -> datetime:
        """The first moment that is no longer in it."""
        return datetime.combine(self.last + ONE_DAY, time.min, context.current_region().zone)

    def earlier(self) -> "Span":
        """Return as many days, right before it."""
        days = self.last - self.first + ONE_DAY
        return Span(self.first - days, self.last - days)


@dataclass(frozen=True, slots=True)
class Spread:
    """How long ``n`` cases took: half of them within ``median`` seconds, nine of ten in ``p90``."""

    n: int = 0
    median: float | None = None
    p90: float | None = None

    @property
    def fair(self) -> bool:
        """Whether there are enough cases to tell it."""
        return self.n >= FAIR_MINIMUM and self.median is not None


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole`` cases."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of too few cases."""
        return self.part / self.whole if self.whole >= FAIR_MINIMUM else None


@dataclass(frozen=True, slots=True)
class Figures:
    """One agency's work in a span; ``open`` and ``late`` are of now.

    Attributes:
        answer: until somebody first answered, of those answered in the span.
        done: until it was done, of those done in the span.
        breached: those past their limit, of those that had to keep it.
        reopened: those opened again, of those done; None where nothing is ever opened again.
    """

    received: int = 0
    open: int = 0
    late: int = 0
    answer: Spread = Spread()
    done: Spread = Spread()
    breached: Share = Share()
    reopened: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of a list of cases: nobody's name, no address.

    ``status`` is what ``{% chip %}`` shows; ``since`` is when it came in.
    """

    reference: str
    number: str
    title: str
    place: str
    status: Any
    since: datetime
    due_at: datetime | None = None
    late: bool = False
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a case, in words without names."""

    at: datetime
    title: str
    colour: str = "grey"
    icon: str = "circle-dot"


@dataclass(frozen=True, slots=True)
class Summary:
    """One case as a leader may see it; ``url`` is its own page, "" for who may not open it."""

    case: Case
    text: str = ""
    facts: Sequence[tuple[type_str, str]] = ()
    steps: Sequence[Step] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that burns now: a figure for a thumb's breadth of screen."""

    label: type_str
    value: str
    words: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of an agency's cases, and in which order ("oldest", "newest" or "due").

    ``only`` is "open", "late" or "all".
    """

    agency_id: int
    only: str = "open"
    sort: str = "oldest"
    query: str = ""


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Cases(Sequence[Case], Generic[Row]):
    """Rows as cases, read a page at a time: what ``Paginator`` asks for."""

    rows: "QuerySet[Row]"
    make: Callable[[Row], Case]
    known: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        if not self.known:
            self.known.append(self.rows.order_by().count())
        return self.known[0]

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> list[Case]: ...
    def __getitem__(self, at: int | slice) -> Case | list[Case]:
        if isinstance(at, slice):
            return [self.make(row) for row in self.rows[at]]
        return self.make(self.rows[at])


class Oversight:
    """What one module tells of the agencies.

    Attributes:
        order: small numbers come first.
        answer_label, done_label: what the two times of :class:`Figures` measure.
        late_label: what "past its limit" means here.
    """

    order: ClassVar[int] = 100
    answer_label: ClassVar[type_str] = ""
    done_label: ClassVar[type_str] = ""
    late_label: ClassVar[type_str] = ""
    subclasses: ClassVar[list[type["Oversight"]]] = []

    def __init_subclass__(cls) -> None:
        Oversight.subclasses.append(cls)

    @property
    def slug(self) -> str:
        """The module it belongs to."""
        from balai.modules import registry

        return registry.owner_of(type(self))

    @property
    def name(self) -> type_str:
        """What the region calls the module."""
        from balai.modules import registry

        module = registry.get(self.slug)
        return registry.label(module) if module else self.slug

    def figures(self, span: Span) -> Mapping[int, Figures]:
        """Return the figures of every agency (its pk) with work, all cases counted."""
        raise NotImplementedError

    def cases(self, user: Any, wanted: Wanted) -> Sequence[Case]:
        """Return the cases that ``user`` may see; secret and sealed ones only with the right."""
        raise NotImplementedError

    def hidden(self, user: Any, agency_id: int) -> int:
        """Return how many of the agency's open cases are kept from ``user``."""
        raise NotImplementedError

    def case(self, user: Any, reference: str) -> Summary | None:
        """Return one case, or None: one that ``user`` may not see looks like none."""
        raise NotImplementedError

    def signals(self, now: datetime) -> Sequence[Signal]:
        """Return what burns now in the whole region, the hottest first."""
        return ()

    def words(self, seconds: float) -> str:
        """Return a length of time as this module's people say it."""
        raise NotImplementedError


def active() -> Iterator[Oversight]:
    """Yield what the active modules offer, in order."""
    from balai.modules import registry

    for cls in sorted(Oversight.subclasses, key=lambda one: (one.order, one.__name__)):
        if not registry.is_off(registry.owner_of(cls)):
            yield cls()


def find(slug: str) -> Oversight | None:
    """Return what the active module of this name offers, or None."""
    return next((one for one in active() if one.slug == slug), None)
