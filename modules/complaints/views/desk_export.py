"""Take the inbox along as a file: what fits the filters, with the columns one may see."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai import context, csv_out
from balai.accounts.guards import desk_required
from balai.ui import formats
from balai.ui.fields import RichLabel
from modules.complaints import rights
from modules.complaints.exports import xlsx
from modules.complaints.selectors import desk, exporting
from modules.complaints.selectors.exporting import COLUMNS, Cell, Column
from modules.complaints.services.exporting import note_export
from modules.complaints.views import desk_inbox

MOST = {"xlsx": 10_000, "csv": 10_000, "pdf": 1_000}
KINDS = (
    ("xlsx", RichLabel(gettext_lazy("Excel (XLSX)"), gettext_lazy("At most 10,000 reports."))),
    ("csv", RichLabel("CSV", gettext_lazy("At most 10,000 reports, for other programs."))),
    ("pdf", RichLabel("PDF", gettext_lazy("At most 1,000 reports, the main columns, to print."))),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(forms.Form):
    """Which kind of file; names of reporters only with a reason."""

    kind = forms.ChoiceField(
        label=gettext_lazy("File"), choices=KINDS, widget=forms.RadioSelect, initial="xlsx"
    )
    identity = forms.BooleanField(
        label=gettext_lazy("With names, phones and e-mails of reporters"), required=False,
        help_text=gettext_lazy("Only of those you may see. The audit log keeps who took them."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=200,
        help_text=gettext_lazy("Needed where names are taken out."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where names leave the desk; the PDF never has them."""
        data = super().clean() or {}
        data["identity"] = bool(data.get("identity")) and data.get("kind") != "pdf"
        if data["identity"] and len(data.get("reason", "").strip()) < 5:
            self.add_error("reason", _("Say why you need the names."))
        return data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask for the kind of file; POST answers with it."""
    filters, now = desk_inbox.filters_of(request), timezone.now()
    form = ExportForm(request.POST or None)
    if request.method != "POST":
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, status=422)
    data = form.cleaned_data
    keys = exporting.fitting(request.user, filters, now, MOST[data["kind"]] + 1)
    if not keys or len(keys) > MOST[data["kind"]]:
        form.add_error("kind", _too_many(data["kind"]) if keys else _("There is nothing to take."))
        return _ask(request, form, status=422)
    note_export(
        kind=data["kind"], count=len(keys), identity=data["identity"], reason=data["reason"]
    )
    return _file(request, keys, data["kind"], identity=data["identity"])


def _file(request: HttpRequest, keys: list[int], kind: str, *, identity: bool) -> HttpResponseBase:
    user = request.user
    own = exporting.identity_columns(user) if identity else ()
    columns = (*COLUMNS, *own)
    found = exporting.reports(user, keys, identity=identity)
    name = f"laporan-{formats.local(timezone.now()):%Y%m%d-%H%M}.{kind}"
    if kind == "pdf":
        return _pdf(name, keys, [column for column in COLUMNS if column.width], found)
    labels = [str(column.label) for column in columns]
    cells: Iterator[list[Cell]] = ([column.value(row) for column in columns] for row in found)
    if kind == "xlsx":
        file = xlsx.write(_("Reports"), labels, cells)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    lines = ([exporting.words(cell) for cell in row] for row in cells)
    return csv_out.response(name, (row for part in ((labels,), lines) for row in part))


def _pdf(name: str, keys: list[int], columns: Sequence[Column], found: Any) -> FileResponse:
    from modules.complaints.exports import pdf  # fpdf loads slowly, and few processes print

    title = f"{_('Reports')} - {context.current_region().name}"
    count = ngettext("%(n)s report", "%(n)s reports", len(keys)) % {"n": len(keys)}
    body = pdf.write(
        title,
        f"{formats.moment(timezone.now())} - {count}",
        [str(column.label) for column in columns],
        [column.width for column in columns],
        ([exporting.printed(column.value(row)) for column in columns] for row in found),
    )
    return FileResponse(
        BytesIO(body), as_attachment=True, filename=name, content_type="application/pdf"
    )


def _too_many(kind: str) -> str:
    words = _("More than %(most)s reports fit. Filter the inbox further, or choose another file.")
    return words % {"most": formats.number(MOST[kind])}


def _ask(request: HttpRequest, form: ExportForm, status: int = 200) -> HttpResponse:
    rows = desk.matching(request.user, desk_inbox.filters_of(request), timezone.now())
    page = {"form": form, "count": rows.count(), "kept": desk_inbox.kept(request)}
    return render(request, "complaints/desk_export.html", page, status=status)
