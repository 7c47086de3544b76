"""Officers' addresses; the kernel asks for ``budget.access_desk``."""

from django.urls import path

from modules.budget.views import desk, versions

urlpatterns = [
    path("", desk.index, name="index"),
    path("over/", desk.over, name="over"),
    path("late/", desk.late, name="late"),
    path("<slug:listing>.<slug:form>", desk.export, name="export"),
    path("states/", versions.index, name="states"),
    path("states/<uuid:reference>/<slug:move>/", versions.move, name="move"),
]
