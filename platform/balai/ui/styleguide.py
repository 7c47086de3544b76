"""The living style guide: every component with sample words. Developers' machines only."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from balai.ui import charts, maps
from balai.ui.fields import RichLabel
from balai.ui.forms import PhotosField, PinField
from balai.ui.status import Status

KINDS = [
    ("lamp", RichLabel("Street lamp out", icon="lightbulb-off")),
    ("road", RichLabel("Hole in the road", icon="construction")),
    ("waste", RichLabel("Waste piling up", icon="trash-2")),
]
NAMES = [
    ("secret", RichLabel("Secret", "Only the coordinator knows.", "lock")),
    ("open", RichLabel("Open", "Your first name is shown.", "user")),
]
CELLS = [
    ("Benda", 18, (-6.12, 106.69)),
    ("Neglasari", 19, (-6.14, 106.62)),
    ("Periuk", 27, (-6.16, 106.59)),
    ("Karawaci", 44, (-6.18, 106.61)),
    ("Tangerang", 41, (-6.19, 106.64)),
    ("Batuceper", 31, (-6.16, 106.66)),
    ("Cipondoh", 67, (-6.19, 106.68)),
    ("Jatiuwung", 22, (-6.19, 106.57)),
    ("Cibodas", 25, (-6.21, 106.6)),
    ("Pinang", 35, (-6.22, 106.66)),
    ("Karang Tengah", 24, (-6.21, 106.71)),
    ("Ciledug", 38, (-6.24, 106.7)),
    ("Larangan", 21, (-6.24, 106.73)),
]


STATUSES = (
    Status("red", "inbox", "Received"),
    Status("amber", "wrench", "In progress"),
    Status("green", "circle-check", "Done"),
    Status("blue", "arrow-up-right", "Passed on"),
    Status("grey", "ban", "Declined"),
)


class SampleForm(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label="Title", help_text="At least five letters.", min_length=5)
    kind = forms.ChoiceField(label="Kind of problem", choices=KINDS, widget=forms.RadioSelect)
    names = forms.ChoiceField(label="Your name", choices=NAMES, widget=forms.RadioSelect)
    photos = PhotosField(label="Photos", required=False)
    pin = PinField(label="Place", required=False)
    area = forms.ChoiceField(
        label="Area", choices=[("", "-"), *((name, name) for name, _value, _at in CELLS)]
    )
    story = forms.CharField(label="Tell us briefly", widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label="Keep me informed", required=False)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show everything; ``?surface=desk`` as officers see it, ``?errors`` with errors."""
    form = SampleForm({"title": "ab"} if "errors" in request.GET else None)
    days = [
        charts.Point(f"{day} Nov", 13100 + day * day % 7 * 60 if day % 5 else None)
        for day in range(1, 24)
    ]
    areas = [
        maps.AreaValue(name, name, count, centroid=at, url=f"#{name}") for name, count, at in CELLS
    ]
    points = [charts.Point(name, count) for name, count, _at in CELLS[:5]]
    context = {
        "form": form,
        "statuses": STATUSES,
        "now": timezone.now(),
        "earlier": timezone.now() - timedelta(minutes=42),
        "bars": charts.bars(points, title="Open reports by area", unit="reports"),
        "columns": charts.columns(points, title="Reports by area", unit="reports"),
        "line": charts.line(
            days, title="Rice, medium", unit="Rp", reference=charts.Point("Ceiling", 13500)
        ),
        "spark": charts.spark(days, title="Rice, medium"),
        "share": charts.share(points, title="Where reports come from"),
        "heat": charts.heat(
            [p.label for p in points],
            ["06", "12", "18"],
            [[n, n * 2 % 9, None] for n in range(5)],
            title="Reports by hour",
        ),
        "map": maps.area_map(
            areas, title="Open reports by area", selected="Cipondoh", unit="reports"
        ),
        "base": {"desk": "balai/desk.html", "console": "balai/console.html"}.get(
            request.GET.get("surface", ""), "balai/citizen.html"
        ),
    }
    return render(request, "balai/styleguide.html", context)
