"""The record of processing in the console, as a page, CSV and PDF."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai import context, csv_out
from balai.accounts.guards import console_required
from balai.audit.models import Entry
from balai.privacy import keeping, records
from balai.ui.formats import long_date


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """Show every purpose with its basis, people, data, retention and recipients."""
    applied = Entry.objects.filter(action=keeping.APPLIED).first()
    shown = {"records": records.all_records(), "applied": applied}
    return render(request, "privacy/console/records.html", shown)


@require_safe
@console_required
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Hand the record out as CSV; its head is the same in both languages."""
    name = f"processing-{context.current_region().slug}.csv"
    return csv_out.response(name, [records.HEAD, *records.cells()])


@require_safe
@console_required
def as_pdf(request: HttpRequest) -> HttpResponse:
    """Hand the record out as PDF."""
    from balai.privacy import records_pdf  # fpdf loads slowly, and few processes print

    region = context.current_region()
    title = _("Record of processing activities: %(region)s") % {"region": region.name}
    subtitle = _("UU 27/2022, article 31; as of %(day)s") % {"day": long_date(timezone.localdate())}
    name = f"processing-{region.slug}.pdf"
    return HttpResponse(
        records_pdf.write(title, subtitle, records.all_records()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
