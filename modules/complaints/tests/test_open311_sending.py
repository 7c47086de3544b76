"""Open311: a program with a key sends reports, as FixMyStreet, three and SeeClickFix do."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.api import key_services
from balai.api.tests.listening import listening, run_outbox
from balai.audit.models import Entry
from balai.directory.models import Area
from modules.complaints.models import Complaint, Contact, RemotePhoto
from modules.complaints.services import remote_photos
from modules.complaints.tests import georeport
from modules.complaints.tests.conftest import photo

URL = "/open311/v2/requests"
FORM = "application/x-www-form-urlencoded"
TEXT = "Lampu di gerbang sekolah mati sejak Minggu."


@pytest.fixture
def token(in_region):
    """A key that may send."""
    made = key_services.create(
        name="FixMyStreet", scopes=["complaints:report"], per_minute=600, by=None
    )
    return made[1]


@pytest.fixture
def told(token, village):
    """What is sent when nothing is said."""
    return {
        "api_key": token, "service_code": "lampu-jalan", "address_id": village.code,
        "description": TEXT,
    }  # fmt: skip


def send(client, form="json", **fields):
    fields = {name: value for name, value in fields.items() if value is not None}
    body = urlencode(fields, doseq=True)
    return client.post(f"{URL}.{form}", body, content_type=f"{FORM}; charset=utf-8")


def test_a_report_gets_its_number_at_once_and_never_a_token(visitor, told, in_region):
    response = send(visitor, **told)
    assert response.status_code == 201
    georeport.check(georeport.CREATED, georeport.read_json(response))
    report = Complaint.objects.get(number=response.json()[0]["service_request_id"])
    assert (report.text, report.source, report.api_key.name) == (TEXT, "open311", "FixMyStreet")
    assert report.identity == "anonymous"
    assert not report.is_public
    root = georeport.read_xml(send(visitor, "xml", **told))
    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id")
    assert root.find("request/token") is None
    assert root.find("request/account_id") is not None
    audited = Entry.objects.filter(target=report.number).latest("seq")
    assert (audited.actor_label, audited.actor_uuid) == ("reporter", None)


def test_as_fixmystreet_sends(visitor, told, token, in_region):
    """perllib/Open311.pm: a form by POST, the answer read as service_requests/request/[0]."""
    fields = {
        "jurisdiction_id": in_region.code, "api_key": token, "service_code": "lampu-jalan",
        "description": f"Lampu mati\n\n{TEXT}\n\nhttps://fms.example/report/1\n\n",
        "first_name": "Siti", "last_name": "Rahma binti Umar", "email": "siti@contoh.test",
        "phone": "0812 3456 7890", "lat": "-6.178", "long": "106.63", "deviceid": "iPhone",
        "attribute[landmark]": "dekat Indomaret", "attribute[easting]": "123",
        "attribute[fixmystreet_id]": "77",
    }  # fmt: skip
    root = georeport.read_xml(send(visitor, "xml", **fields))
    [request] = root.findall("request")
    report = Complaint.objects.get(number=request.findtext("service_request_id"))
    assert (report.latitude, report.longitude, report.landmark) == (
        -6.178,
        106.63,
        "dekat Indomaret",
    )
    contact = Contact.objects.get(complaint=report)
    assert (contact.name, contact.email) == ("Siti Rahma binti Umar", "siti@contoh.test")
    assert report.identity == "secret"
    assert "iPhone" not in str(Complaint.objects.filter(pk=report.pk).values().get())
    # It asks for states by ids and for news by times, with the jurisdiction as well.
    query = urlencode({"jurisdiction_id": in_region.code, "service_request_id": report.number})
    assert georeport.read_xml(visitor.get(f"{URL}.xml?{query}")).findall("request") == []
    span = urlencode(
        {"jurisdiction_id": in_region.code, "start_date": "2026-11-01T00:00:00+00:00",
         "end_date": "2026-11-02T00:00:00+00:00", "api_key": token}
    )  # fmt: skip
    for address in ("requests", "servicerequestupdates"):
        assert visitor.get(f"/open311/v2/{address}.xml?{span}").status_code == 200
    wrong = georeport.read_xml(send(visitor, "xml", **{**fields, "api_key": "x"}))
    assert wrong.findtext("error/code") == "403"


def test_as_three_sends(visitor, told, token, in_region):
    """The Python library: JSON, ``media`` as a file, page_size, American dates as midnight UTC."""
    fields = {
        "service_code": "lampu-jalan", "api_key": token, "description": TEXT,
        "address_string": f"Jl. Merdeka 5, {_village().name}, {_village().parent.name}",
        "first_name": "Zach", "last_name": "Williams", "phone": "555-5555",
        "jurisdiction_id": in_region.slug, "media": photo("photo.png"),
    }  # fmt: skip
    response = visitor.post(f"{URL}.json", fields)
    assert response.status_code == 201, response.content
    report = Complaint.objects.get(number=response.json()[0]["service_request_id"])
    assert report.photos.count() == 1
    assert report.area == _village()
    assert report.landmark.startswith("Jl. Merdeka 5")
    query = "start_date=2026-05-24T00:00:00Z&end_date=2026-06-24T00:00:00Z&page_size=10"
    assert visitor.get(f"{URL}.json?{query}").json() == []
    assert isinstance(visitor.get("/open311/v2/services.json").json(), list)
    assert visitor.get("/open311/v2/services/lampu-jalan.json").json()["attributes"]
    assert visitor.get("/open311/v2/discovery.json").json()["endpoints"]


def test_as_seeclickfix_looks(visitor, told):
    """Empty parameters count as not sent; errors are lists; every id is a text."""
    assert send(visitor, **told, lat="", long="", email="", account_id="").status_code == 201
    assert visitor.get(f"{URL}.json?status=&start_date=&service_code=").status_code == 200
    errors = send(visitor, **{**told, "service_code": ""}).json()
    georeport.check(georeport.ERRORS, errors)
    row = send(visitor, **told).json()[0]
    assert isinstance(row["service_request_id"], str)


def _village():
    rows = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").order_by("pk")
    return rows.first()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"api_key": ""}, 403), ({"api_key": "balai_00000000_x"}, 403),
        ({"api_key": "ü\0"}, 403), ({"service_code": ""}, 400), ({"service_code": "no"}, 404),
        ({"jurisdiction_id": "sfgov.org"}, 404), ({"address_id": ""}, 400),
        ({"address_id": "99.99.99"}, 400), ({"address_id": "", "lat": "-6.17"}, 400),
        ({"lat": "x", "long": "106.6"}, 400), ({"lat": "nan", "long": "106.6"}, 400),
        ({"lat": "91", "long": "106.6"}, 400), ({"lat": "1e400", "long": "1"}, 400),
        ({"address_id": "", "address_string": "di sebelah sana"}, 400),
        ({"description": "x" * 4001}, 400), ({"email": "bukan surel"}, 400),
        ({"phone": "telepon saya"}, 400), ({"attribute[kind]": "whistle"}, 400),
        ({"media_url": "javascript:alert(1)"}, 400), ({"media_url": "x" * 600}, 400),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_standard_s_status(visitor, told, change, status):
    for form in ("json", "xml"):
        response = send(visitor, form, **{**told, **change})
        assert response.status_code == status, response.content
        if form == "json":
            georeport.check(georeport.ERRORS, georeport.read_json(response))
            assert response.json()[0]["code"] == status
        else:
            assert georeport.read_xml(response).tag == "errors"
    assert not Complaint.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(visitor, told):
    answer = send(visitor, **{**told, "email": "x", "description": "y" * 5000, "address_id": ""})
    assert len(answer.json()) == 3


def test_keys_without_the_right_or_over_their_limit(visitor, told, in_region):
    _key, reader = key_services.create(
        name="Baca", scopes=["complaints:read"], per_minute=60, by=None
    )
    assert send(visitor, **{**told, "api_key": reader}).status_code == 403
    _key, slow = key_services.create(
        name="Pelan", scopes=["complaints:report"], per_minute=1, by=None
    )
    answers = [send(visitor, **{**told, "api_key": slow}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 429]
    assert answers[1]["Retry-After"]
    georeport.check(georeport.ERRORS, answers[1].json())


def test_i09_a_key_of_another_city_is_refused(told, in_region, other_region, client_for):
    client = client_for(other_region)
    assert send(client, **told).status_code == 403


def test_a_cookie_means_nothing_and_no_csrf_token_is_needed(in_region, told, make_user, client_for):
    admin = client_for(in_region, make_user("admin"), enforce_csrf_checks=True)
    response = send(admin, **told)
    assert response.status_code == 201
    report = Complaint.objects.get(number=response.json()[0]["service_request_id"])
    assert report.reporter is None


def test_only_forms_are_taken(visitor, told):
    for body, kind in (("{}", "application/json"), ("<x/>", "text/xml"), ("", "")):
        response = visitor.post(f"{URL}.xml", body, content_type=kind)
        assert response.status_code == 400
        georeport.read_xml(response)
    broken = visitor.post(f"{URL}.json", "--x", content_type="multipart/form-data; boundary=")
    assert broken.status_code == 400
    many = "&".join(f"f{n}=1" for n in range(2000))
    assert visitor.post(f"{URL}.json", many, content_type=FORM).status_code == 400


def test_d04_one_key_of_a_request_is_one_report(visitor, told):
    def again(**more):
        body = urlencode({**told, **more})
        headers = {"Idempotency-Key": "kunci-0001"}
        return visitor.post(f"{URL}.json", body, content_type=FORM, headers=headers)

    first, second = again(), again()
    assert first.json() == second.json()
    assert Complaint.objects.count() == 1
    other = again(description="Lampu lain yang mati juga.")
    assert other.status_code == 422
    georeport.check(georeport.ERRORS, other.json())


def test_a_place_may_be_named(visitor, told, in_region):
    village = _village()
    for address, area in (
        (f"Jl. Mawar 1, Kel. {village.name}, Kec. {village.parent.name}", village),
        (f"depan pasar; Kecamatan {village.parent.name.upper()}", village.parent),
    ):
        response = send(visitor, **{**told, "address_id": None, "address_string": address})
        report = Complaint.objects.get(number=response.json()[0]["service_request_id"])
        assert report.area == area, address


def test_a_point_outside_the_region_is_refused_in_words(visitor, told, monkeypatch):
    from modules.complaints.selectors import areas

    monkeypatch.setattr(areas, "outside_region", lambda *_: True)
    answer = send(visitor, **told, lat="-7.7", long="110.0")
    assert answer.status_code == 400
    assert "Kota Tangerang" in answer.json()[0]["description"]


def test_what_is_told_at_length_is_kept(visitor, told):
    long = "Jalan " * 40
    response = send(visitor, **told, address_string=long)
    report = Complaint.objects.get(number=response.json()[0]["service_request_id"])
    assert len(report.landmark) == 160
    assert long.strip() in report.text
    empty = send(visitor, **{**told, "description": ""})
    assert empty.status_code == 201, "the standard does not ask for a description"


@pytest.fixture
def pictures(settings):
    """A server with one picture, in the operator's own network."""
    with listening(photo().read()) as server:
        settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{server.port}"]
        yield server


def test_media_is_fetched_later_from_outside_only(visitor, told, pictures):
    urls = [pictures.url, f"{pictures.url}&second=1"]
    response = send(visitor, **told, media_url=urls)
    report = Complaint.objects.get(number=response.json()[0]["service_request_id"])
    assert report.photos.count() == 0
    assert pictures.received == []
    run_outbox(remote_photos.OFFERED)
    assert report.photos.count() == 2
    assert report.photos.filter(approved_at=None).count() == 2
    assert not RemotePhoto.objects.exists()


@pytest.mark.parametrize("url", ["http://169.254.169.254/x.jpg", "http://localhost/x.jpg"])
def test_media_inside_our_network_is_never_fetched(visitor, told, url):
    response = send(visitor, **told, media_url=url)
    assert response.status_code == 201
    run_outbox(remote_photos.OFFERED)
    assert not RemotePhoto.objects.exists()
    assert not Complaint.objects.get().photos.exists()


def test_media_that_is_no_photo_costs_nobody_the_report(visitor, told, pictures):
    pictures.content = b"<svg onload=alert(1)>"
    send(visitor, **told, media_url=pictures.url)
    pictures.status = 404
    send(visitor, **told, media_url=pictures.url)
    run_outbox(remote_photos.OFFERED)
    assert not RemotePhoto.objects.exists()
    assert Complaint.objects.count() == 2


def test_media_of_a_server_that_is_down_is_tried_again_then_given_up(visitor, told, pictures):
    import time_machine

    pictures.status = 503
    with time_machine.travel("2026-12-01T03:00:00Z", tick=False) as clock:
        send(visitor, **told, media_url=pictures.url)
        run_outbox(remote_photos.OFFERED)
        for wait in remote_photos.WAITS:
            assert RemotePhoto.objects.exists()
            clock.shift(wait)
            run_outbox(remote_photos.OFFERED)
    assert len(pictures.received) == len(remote_photos.WAITS) + 1
    assert not RemotePhoto.objects.exists()


def test_a_file_that_is_no_photo_is_told_in_the_notice(visitor, told):
    fields = {**told, "media": SimpleUploadedFile("x.jpg", b"nothing")}
    response = visitor.post(f"{URL}.json", fields)
    assert response.status_code == 201
    assert len(response.json()[0]["service_notice"]) > 40
