"""Agencies as a CSV table."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai import context
from balai.accounts.guards import console_required
from balai.directory import selectors, services, tables
from balai.directory.forms import TableForm


@console_required
@require_safe
def export_table(request: HttpRequest) -> HttpResponse:
    """Send the agencies in service as CSV."""
    nodes = selectors.agency_tree(active=True)
    by_id = {node.agency.pk: node.agency for node in nodes}
    for node in nodes:
        # The tree has read every parent; asking each row for its own would be a query a row.
        node.agency.parent = by_id.get(node.agency.parent_id or 0)
    body = tables.write(node.agency for node in nodes)
    name = f"agencies-{context.current_region().slug}.csv"
    return HttpResponse(
        f"\ufeff{body}",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: HttpRequest) -> HttpResponse:
    """Import a table: all of it, or nothing and what is wrong in which row."""
    form = TableForm(request.POST or None, request.FILES or None)
    errors: list[tables.RowError] = []
    if request.method == "POST" and form.is_valid():
        try:
            result = services.import_agencies(content=form.cleaned_data["file"].read())
        except tables.TableError as error:
            errors = error.errors
        else:
            messages.success(
                request,
                _("%(created)s agencies added, %(updated)s updated.")
                % {"created": result.created, "updated": result.updated},
            )
            return redirect("directory_console:agencies")
    status = 422 if errors or (form.is_bound and form.errors) else 200
    data = {"form": form, "errors": errors, "columns": tables.COLUMNS}
    return render(request, "directory/table.html", data, status=status)
