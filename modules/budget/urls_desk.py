"""Officers' addresses; the kernel asks for ``budget.access_desk``."""

from django.urls import path

from modules.budget.tables import FORMS
from modules.budget.views import desk, versions
from modules.budget.views.lists import LISTINGS

urlpatterns = [
    path("", desk.index, name="index"),
    path("over/", desk.over, name="over"),
    path("late/", desk.late, name="late"),
    *(
        path(f"{listing}.{form}", desk.export, {"listing": listing, "form": form},
             name=f"{listing}-{form}")
        for listing in LISTINGS
        for form in FORMS
    ),
    path("states/", versions.index, name="states"),
    path("states/<uuid:reference>/<slug:move>/", versions.move, name="move"),
]  # fmt: skip
