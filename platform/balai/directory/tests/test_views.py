import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from balai.context import region_context
from balai.directory import services
from balai.directory.models import Agency, Area, BoundaryImport, OfficeHolder
from balai.directory.tests.geojson import collection, feature, square, villages

PAGES = (
    "/console/agencies/", "/console/agencies/?q=dinas", "/console/agencies/?q=zzzz",
    "/console/agencies/new/", "/console/agencies/dlh/", "/console/agencies/setda/",
    "/console/agencies/holders/", "/console/agencies/holders/new/", "/console/agencies/table/",
    "/console/areas/", "/console/areas/36.71.01/", "/console/areas/36.71.01.1005/",
    "/console/areas/upload/",
)  # fmt: skip


@pytest.fixture
def admin(in_region, make_user, client_for):
    return client_for(in_region, make_user("admin"))


def upload(content: bytes, name: str = "batas.geojson") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_for_an_admin_in_both_languages(admin, page):
    assert admin.get(page).status_code == 200
    admin.cookies["balai_language"] = "en"
    answer = admin.get(page)
    assert answer.status_code == 200
    assert 'lang="en"' in answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES, "/console/agencies/table/agencies.csv"])
def test_citizens_are_asked_to_sign_in_and_officers_refused(in_region, make_user, client_for, page):
    assert client_for(in_region).get(page).status_code == 302
    assert client_for(in_region, make_user()).get(page).status_code == 403
    assert client_for(in_region, make_user("coordinator")).get(page).status_code == 403


def test_actions_need_a_post_by_an_admin(in_region, admin, make_user, client_for):
    officer = client_for(in_region, make_user("officer"))
    for action in ("/console/agencies/dlh/close/", "/console/agencies/dlh/reopen/"):
        assert admin.get(action).status_code == 405
        assert officer.post(action).status_code == 403
    assert Agency.objects.get(code="dlh").active


def test_an_agency_is_added_and_changed(admin):
    dlh = Agency.objects.get(code="dlh")
    data = {"name": "UPTD Sampah", "short_name": "UPTD Sampah", "kind": "opd", "parent": dlh.pk}
    assert admin.post("/console/agencies/new/", data).status_code == 302
    made = Agency.objects.get(code="uptd-sampah")
    assert made.parent_id == dlh.pk
    area = Area.objects.get(code="36.71.01")
    data |= {"name": "UPTD Persampahan", "parent": "", "area": area.pk}
    assert admin.post("/console/agencies/uptd-sampah/", data).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.parent_id, made.area_id) == ("UPTD Persampahan", None, area.pk)


def test_what_was_typed_stays_when_something_is_wrong(admin):
    data = {"name": "Dinas Ketik", "short_name": "", "kind": "opd", "email": "salah"}
    answer = admin.post("/console/agencies/new/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Dinas Ketik" in page
    assert 'href="#id_short_name"' in page
    assert not Agency.objects.filter(name="Dinas Ketik").exists()


def test_an_agency_cannot_be_put_beneath_its_own_child(admin):
    setda = Agency.objects.get(code="setda")
    child = Agency.objects.get(code="bag-umum")
    data = {"name": setda.name, "short_name": "Setda", "kind": "opd", "parent": child.pk}
    answer = admin.post("/console/agencies/setda/", data)
    assert answer.status_code == 422
    assert 'href="#id_parent"' in answer.content.decode()


def test_closing_offers_to_take_it_back(admin):
    answer = admin.post("/console/agencies/dlh/close/", follow=True)
    assert not Agency.objects.get(code="dlh").active
    page = answer.content.decode()
    assert "Tarik kembali" in page
    assert 'action="/console/agencies/dlh/reopen/"' in page
    admin.post("/console/agencies/dlh/reopen/")
    assert Agency.objects.get(code="dlh").active


def test_closing_with_open_agencies_beneath_says_what_to_do(admin):
    answer = admin.post("/console/agencies/setda/close/", follow=True)
    assert Agency.objects.get(code="setda").active
    assert "Pindahkan atau tutup dulu" in answer.content.decode()


def test_the_tree_takes_as_many_queries_with_three_more_agencies(admin):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get("/console/agencies/").status_code == 200
        # The region's own entry is cached for some seconds: only the page's queries count.
        return sum("directory_" in query["sql"].split("FROM", 1)[-1] for query in queries)

    first = count()
    assert first > 0
    for n in range(3):
        services.create_agency(name=f"Dinas {n}", short_name=f"D{n}")
    assert count() == first


def test_the_table_goes_out_and_comes_back(admin):
    answer = admin.get("/console/agencies/table/agencies.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="agencies-tangerang.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == Agency.objects.filter(active=True).count()
    assert {row["code"]: row["parent"] for row in rows}["bag-umum"] == "setda"
    back = {"file": upload(answer.content, "dinas.csv")}
    assert admin.post("/console/agencies/table/", back).status_code == 302
    wrong = {"file": upload(b"name,short_name\n,X\n", "dinas.csv")}
    answer = admin.post("/console/agencies/table/", wrong)
    assert answer.status_code == 422
    assert "Baris 2" in answer.content.decode()


def test_boundaries_are_looked_at_then_used_then_taken_back(admin):
    sent = {"level": "village", "file": upload(villages())}
    answer = admin.post("/console/areas/upload/", sent)
    draft = BoundaryImport.objects.get()
    assert answer["Location"] == reverse("directory_console:boundary_draft", args=[draft.uuid])
    page = admin.get(answer["Location"]).content.decode()
    assert "104 wilayah dikenali" in page
    assert page.count('class="map__area') == 104
    assert Area.objects.filter(boundary__isnull=False).count() == 0
    admin.post(f"/console/areas/upload/{draft.uuid}/apply/")
    assert Area.objects.filter(boundary__isnull=False).count() == 117
    listed = admin.get("/console/areas/").content.decode()
    assert "Dipakai: batas.geojson" in listed
    assert 'class="map__area' in listed
    assert 'class="map__area' in admin.get("/console/areas/36.71.01/").content.decode()
    admin.post(f"/console/areas/upload/{draft.uuid}/undo/")
    assert Area.objects.filter(boundary__isnull=False).count() == 0


def test_a_file_with_faults_tells_each_by_its_row(admin):
    body = collection(
        feature(square(0, 0), code="36.71.01.1005", name="Ci Kokol"),
        feature(square(1, 0), name="<b>Atlantis</b>"),
    )
    answer = admin.post(
        "/console/areas/upload/", {"level": "village", "file": upload(body)}, follow=True
    )
    page = answer.content.decode()
    assert "Fitur 2" in page
    assert "&lt;b&gt;Atlantis&lt;/b&gt;" in page
    assert "<b>Atlantis" not in page
    draft = BoundaryImport.objects.get()
    admin.post(f"/console/areas/upload/{draft.uuid}/discard/")
    assert not BoundaryImport.objects.exists()
    assert admin.get(answer.request["PATH_INFO"]).status_code == 404


@pytest.mark.parametrize("content", [b"", b"bukan geojson", b"\x89PNG"])
def test_a_file_that_is_no_map_is_refused_at_its_field(admin, content):
    sent = {"level": "village", "file": upload(content)}
    answer = admin.post("/console/areas/upload/", sent)
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()


def test_an_office_holder_is_named_changed_and_removed(admin, make_user):
    officer = make_user("agency_head", name="Sri Head")
    dlh = Agency.objects.get(code="dlh")
    data = {"agency": dlh.pk, "title": "Kepala Dinas", "name": "Sri", "account": officer.uuid}
    assert admin.post("/console/agencies/holders/new/", data).status_code == 302
    holder = OfficeHolder.objects.get()
    assert holder.user_uuid == officer.uuid
    assert "Kepala Dinas" in admin.get("/console/agencies/dlh/").content.decode()
    page = admin.get(f"/console/agencies/holders/{holder.pk}/")
    assert page.status_code == 200
    admin.post(
        f"/console/agencies/holders/{holder.pk}/", data | {"agency": "", "title": "Wali Kota"}
    )
    holder.refresh_from_db()
    assert (holder.agency, holder.title) == (None, "Wali Kota")
    admin.post(f"/console/agencies/holders/{holder.pk}/remove/")
    assert not OfficeHolder.objects.exists()


def test_what_does_not_exist_is_not_found(admin):
    for page in (
        "/console/agencies/hilang/",
        "/console/areas/36.03.01/",
        "/console/agencies/holders/9/",
    ):
        assert admin.get(page).status_code == 404


def test_i01_uploads_of_one_city_do_not_exist_in_another(
    admin, other_region, make_user, client_for
):
    admin.post("/console/areas/upload/", {"level": "village", "file": upload(villages())})
    draft = BoundaryImport.objects.get()
    with region_context(other_region):
        stranger = client_for(other_region, make_user("admin"))
    for action in ("", "apply/", "discard/", "undo/"):
        page = f"/console/areas/upload/{draft.uuid}/{action}"
        assert resolve(page)
        assert (stranger.post if action else stranger.get)(page).status_code == 404
    assert BoundaryImport.objects.get().state == "draft"
