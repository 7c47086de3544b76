"""Citizens' addresses. Keys of headings are codes: "1.01.0.00.0.00.01.0000"."""

from django.urls import path

from modules.budget.views import closer, open_data, public

urlpatterns = [
    path("", public.index, name="index"),
    path("changes/", public.changes, name="changes"),
    path("search/", public.search, name="search"),
    path("agencies/<str:agency>/", closer.agency, name="agency"),
    path("agencies/<str:agency>/<str:activity>/", closer.activity, name="activity"),
    path("programmes/<str:programme>/", closer.programme, name="programme"),
    path("accounts/<str:account>/", closer.account, name="account"),
    path("data/budget.csv", open_data.lines_csv, name="csv"),
    path("data/datapackage.json", open_data.datapackage, name="datapackage"),
]
