"""What people are asked on the way: a file, which column is which, what odd values mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from balai.importing.columns import Column, Importer
from balai.importing.models import ImportRun
from balai.importing.parsing import plain
from balai.importing.services.deciding import TOGETHER_MOST

LEFT_OUT = ""
COLUMN, VALUE = "column_", "value_"


class UploadForm(forms.Form):
    """The table."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV or XLSX, at most 20 MB and 200,000 rows, a heading on top."),
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class MappingForm(forms.Form):
    """A select for each of the importer's columns, beside what the file's column holds."""

    def __init__(self, data: Any = None, *, run: ImportRun, columns: Sequence[Column],
                 samples: Sequence[Sequence[str]]) -> None:  # fmt: skip
        super().__init__(data)
        self.columns = columns
        offered = [(LEFT_OUT, _("Not in the file"))]
        offered += [
            (str(place), _choice(place, name, samples)) for place, name in enumerate(run.columns)
        ]
        for column in columns:
            self.fields[COLUMN + column.name] = forms.ChoiceField(
                label=str(column.label),
                help_text=str(column.help),
                choices=offered,
                required=column.required,
                initial=str(run.mapping.get(column.name, LEFT_OUT)),
                error_messages={"required": _("This column is needed. Which one is it?")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column of the file for two of ours."""
        taken: dict[str, str] = {}
        for name, place in list(self.cleaned_data.items()):
            if place and place in taken:
                self.add_error(name, _("This column of the file is used twice."))
            taken.setdefault(place, name)
        return self.cleaned_data

    @property
    def mapping(self) -> dict[str, int]:
        """What was chosen: {column name: place in the file}."""
        return {
            column.name: int(place)
            for column in self.columns
            if (place := self.cleaned_data.get(COLUMN + column.name))
        }


class ValuesForm(forms.Form):
    """A select for each value that no list knows."""

    def __init__(self, data: Any = None, *, run: ImportRun, importer: Importer) -> None:
        super().__init__(data)
        self.asked: dict[str, tuple[str, str]] = {}
        for column in importer.columns:
            texts: Mapping[str, int] = run.unknown.get(column.name, {})
            offered = [("", _("Leave as it is")), *importer.choices(column.name)] if texts else []
            for at, (text, count) in enumerate(sorted(texts.items(), key=lambda item: -item[1])):
                name = f"{VALUE}{column.name}_{at}"
                self.asked[name] = (column.name, text)
                words = ngettext(
                    "%(column)s “%(text)s” (%(count)s row)",
                    "%(column)s “%(text)s” (%(count)s rows)",
                    count,
                )
                self.fields[name] = forms.ChoiceField(
                    label=words % {"column": column.label, "text": text[:80], "count": count},
                    choices=offered,
                    required=False,
                    initial=_near(text, offered),
                )

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What was chosen: {column: {text: value}}."""
        found: dict[str, dict[str, str]] = {}
        for name, (column, text) in self.asked.items():
            if chosen := self.cleaned_data.get(name):
                found.setdefault(column, {})[text] = chosen
        return found


class StartForm(forms.Form):
    """How rows with mistakes are treated."""

    together = forms.BooleanField(
        label=gettext_lazy("All rows or none"),
        help_text=gettext_lazy("If a single row fails, nothing is imported."),
        required=False,
    )

    @staticmethod
    def fits(run: ImportRun) -> bool:
        """Tell whether there is a choice."""
        return run.total <= TOGETHER_MOST and not run.failed


def _choice(place: int, name: str, samples: Sequence[Sequence[str]]) -> str:
    shown = [row[place] for row in samples if place < len(row) and row[place]][:2]
    title = name or _("Column %(number)s") % {"number": place + 1}
    return f"{title} ({', '.join(text[:24] for text in shown)})" if shown else title


def _near(text: str, offered: Sequence[tuple[str, Any]]) -> str:
    """Return the one choice whose label has the text as its beginning, if there is just one."""
    wanted = plain(text)
    hits = [value for value, label in offered if value and plain(str(label)).startswith(wanted)]
    return hits[0] if wanted and len(hits) == 1 else ""
