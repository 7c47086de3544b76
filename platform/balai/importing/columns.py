"""What an importer is made of: its columns, a row on its way in, and what can be wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from balai.endpoints import Endpoint, require
from balai.modules.manifest import type_str

if TYPE_CHECKING:
    from django import forms

    from balai.importing.models import ImportRun

Parse = Callable[[str], Any]
Details = Mapping[str, str | int]


class Invalid(ValueError):  # noqa: N818  # it reads as what is wrong with the cell
    """Raised by a column's ``parse``: an English sentence for people, translated when it is read.

    ``details`` fill the sentence's %(names)s. Mark the sentence with ``gettext_noop``.
    """

    def __init__(self, message: str, **details: str | int) -> None:
        self.message, self.details = message, details
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not taken. ``message`` as for :class:`Invalid`.

    ``unknown`` marks a value that is missing from a list: people may say what it stands for.
    """

    column: str
    message: str
    details: Details = field(default_factory=dict)
    unknown: bool = False


def as_is(text: str) -> str:
    """Return a cell's text."""
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """One column an importer knows.

    Attributes:
        name: its key in ``Row.values``.
        required: must be in the file, and filled in every row.
        aliases: further headings it is recognised by; capitals, spaces and dots do not matter.
        parse: makes a value of a cell's text (never empty); raises Invalid.
        unique: two rows of a file may not have the same.
        listed: its values come from a list (``Importer.choices``), so that those that are not
            in it can be matched by hand after the dry run.
    """

    name: str
    label: type_str
    required: bool = False
    help: type_str = ""
    example: str = ""
    aliases: Sequence[str] = ()
    parse: Parse = as_is
    unique: bool = False
    listed: bool = False


@dataclass(slots=True)
class Row:
    """A row on its way in. ``values`` has every mapped column by name; None for an empty cell.

    ``number`` is counted as a spreadsheet does, with the first line as 1; ``texts`` are the cells
    as they stand in the file, for messages.
    """

    number: int
    values: dict[str, Any]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch of good rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


class Importer:
    """Base class of importers; one object lives for one slice of work.

    Attributes:
        kind: "<slug>.<what>", given by the decorator.
        label, summary: what it takes in, for whoever chooses.
        permission: who may use it; covers the whole region.
        columns: in the order of the example file.
        batch: how many rows are written in one transaction.
        options_form: further questions before the dry run; its cleaned values must be plain JSON.
        publishes: whether its rows are out for everybody at once, such as prices or new apps; a
            region that may put nothing out takes none in either (:mod:`balai.endpoints`).
    """

    kind: ClassVar[str] = ""
    label: ClassVar[type_str] = ""
    summary: ClassVar[type_str] = ""
    icon: ClassVar[str] = "table"
    permission: ClassVar[str] = "console.access"
    columns: ClassVar[Sequence[Column]] = ()
    batch: ClassVar[int] = 500
    options_form: ClassVar["type[forms.Form] | None"] = None
    publishes: ClassVar[bool] = False

    @classmethod
    def require(cls) -> None:
        """Refuse what the active region's state has stopped.

        Raises:
            StoppedError: for an importer that publishes while the region may put nothing out.
        """
        if cls.publishes:
            require(Endpoint.PUBLISHING)

    def prepare(self, run: "ImportRun") -> None:
        """Load what :meth:`check` and :meth:`write` look things up in; ``run.options`` is there."""

    def check(self, row: Row) -> Iterable[Problem]:
        """Yield what is wrong beyond single cells; may put looked-up objects into the values."""
        return ()

    def write(self, rows: Sequence[Row]) -> Outcome:
        """Store good rows, in the caller's transaction, in as few statements as can be.

        It must know rows it has taken before: people send the same file twice.
        """
        raise NotImplementedError

    def choices(self, column: str) -> Sequence[tuple[str, type_str]]:
        """Return (text, label) of what a listed column may hold; the text must pass the check."""
        return ()
