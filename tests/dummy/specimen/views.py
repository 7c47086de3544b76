"""The specimen's pages."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from balai.accounts.guards import desk_required
from tests.dummy.specimen import forms, selectors, services


def note_list(request: HttpRequest) -> HttpResponse:
    """Show the notes to anybody."""
    return render(request, "specimen/list.html", {"notes": selectors.notes()[:50]})


def note_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one note."""
    note = get_object_or_404(selectors.notes(), uuid=uuid)
    return render(request, "specimen/list.html", {"notes": [note]})


def note_feed(request: HttpRequest) -> JsonResponse:
    """Send the notes to other programs."""
    return JsonResponse([note.text for note in selectors.notes()[:50]], safe=False)


@desk_required("specimen.write")
@require_POST
def note_write(request: HttpRequest) -> HttpResponse:
    """Write a note."""
    form = forms.NoteForm(request.POST)
    if form.is_valid():
        services.write_note(text=form.cleaned_data["text"])
        return redirect("specimen_desk:list")
    return render(request, "specimen/list.html", {"form": form, "notes": []}, status=422)


def settings_page(request: HttpRequest) -> HttpResponse:
    """Show that the gate lets only admins through."""
    return render(request, "specimen/list.html", {"notes": []})
