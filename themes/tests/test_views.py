"""What a brand is served as, and who may see it."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from balai import context
from balai.audit.models import Entry
from tenants import directory
from themes.brand import spec_of
from themes.contrast import judge


def png(size=(300, 200), colour="#aa2211"):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


def fields(region, **changes):
    values = spec_of(region).stored()
    names = ("name", "motto", "primary", "deep", "accent", "tint", "pattern", "photo_alt")
    return {name: values[name] for name in names} | {"palette": ""} | changes


@pytest.fixture
def admin(region, client_for, make_user):
    """A browser in which the region's admin is signed in."""
    return client_for(region, make_user("admin", city=region))


def now(region):
    directory.invalidate()
    with context.platform():
        found = directory.by_schema(region.schema)
    assert found
    return found


def theme_url(client):
    return re.search(r'href="(/theme\.css\?v=\w+)"', client.get("/").content.decode())[1]


def test_the_theme_is_kept_for_a_year_under_its_hash_and_asked_for_otherwise(region, client_for):
    client = client_for(region)
    hashed = client.get(theme_url(client))
    assert "immutable" in hashed["Cache-Control"]
    assert "text/css" in hashed["Content-Type"]
    bare = client.get("/theme.css")
    assert "no-cache" in bare["Cache-Control"]
    assert client.get("/theme.css", headers={"if-none-match": bare["ETag"]}).status_code == 304


def test_two_cities_have_two_themes(region, other_region, client_for):
    one, other = (client_for(city).get("/theme.css").content for city in (region, other_region))
    assert one != other


def test_the_manifest_makes_the_site_installable(region, client_for):
    client = client_for(region)
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["display"] == "standalone"
    assert manifest["name"] == "Kota Tangerang"
    sizes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "maskable")} <= sizes
    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        image = Image.open(BytesIO(answer.content))
        assert f"{image.width}x{image.height}" == icon["sizes"]
        assert "immutable" in answer["Cache-Control"]


def test_browsers_that_ask_by_habit_get_the_icon(region, client_for):
    answer = client_for(region).get("/favicon.ico")
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (48, 48)


@pytest.mark.parametrize("path", ["/icons/any-7.png", "/icons/none-192.png", "/brand/" + "0" * 32])
def test_what_is_not_there_is_404(region, client_for, path):
    assert client_for(region).get(path).status_code == 404


def test_the_brand_page_is_for_admins(region, client_for, make_user):
    assert client_for(region).get("/console/brand/").status_code == 302
    officer = client_for(region, make_user("viewer", city=region))
    for path in ("/console/brand/", "/console/brand/check/", "/console/brand/preview.css"):
        assert officer.get(path).status_code == 403


def test_an_admin_changes_name_and_colours(region, admin):
    answer = admin.post(
        "/console/brand/", fields(region, motto="Kota Akhlakul Karimah", primary="#7a2a5c")
    )
    assert answer.status_code == 302
    assert now(region).brand["primary"] == "#7a2a5c"
    html = admin.get("/").content.decode()
    assert "Kota Akhlakul Karimah" in html
    assert "#7a2a5c" in admin.get("/theme.css").content.decode()
    with context.region_context(region):
        entry = Entry.objects.filter(action="brand.saved").latest("pk")
        assert set(entry.after) == {"motto", "primary"}


def test_colours_that_cannot_be_read_are_refused_with_the_nearest_that_can(region, admin):
    before = dict(now(region).brand)
    answer = admin.post("/console/brand/", fields(region, primary="#ffd24a"))
    html = answer.content.decode()
    assert answer.status_code == 422
    suggestion = judge(spec_of(region).colours | {"primary": "#ffd24a"}).suggestions["primary"]
    assert suggestion in html
    assert 'href="#id_primary"' in html
    assert dict(now(region).brand) == before


def test_a_palette_from_stock_replaces_the_colours(region, admin):
    admin.post("/console/brand/", fields(region, palette="hutan"))
    assert spec_of(now(region)).primary == "#22663b"
    assert spec_of(now(region)).pattern == "truntum"


def test_preview_saves_nothing(region, admin):
    answer = admin.post("/console/brand/", fields(region, motto="Baru", preview="1"))
    assert answer.status_code == 200
    assert "Baru" in answer.content.decode()
    assert now(region).brand.get("motto", "") != "Baru"


def test_a_logo_is_served_to_all_but_only_in_its_own_city(region, other_region, admin, client_for):
    admin.post("/console/brand/", fields(region, logo=png()))
    path = f"/brand/{spec_of(now(region)).logo}"
    answer = client_for(region).get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert client_for(other_region).get(path).status_code == 404
    assert path in client_for(region).get("/").content.decode()
    icon = Image.open(BytesIO(client_for(region).get("/icons/any-192.png").content)).convert("RGB")
    assert icon.getpixel((96, 96)) == (170, 34, 17)


def test_a_removed_logo_is_gone(region, admin, client_for):
    admin.post("/console/brand/", fields(region, logo=png()))
    path = f"/brand/{spec_of(now(region)).logo}"
    admin.post("/console/brand/", fields(now(region), remove_logo="on"))
    assert now(region).brand["logo"] == ""
    assert client_for(region).get(path).status_code == 404


def test_a_photo_needs_a_description(region, admin):
    picture = png((1600, 900))
    assert admin.post("/console/brand/", fields(region, photo=picture)).status_code == 422
    picture.seek(0)
    answer = admin.post("/console/brand/", fields(region, photo=picture, photo_alt="Alun-alun"))
    assert answer.status_code == 302
    assert now(region).brand["photo_alt"] == "Alun-alun"
    assert 'alt="Alun-alun"' in admin.get("/").content.decode()


def test_a_file_that_is_no_picture_is_told(region, admin):
    evil = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png")
    assert admin.post("/console/brand/", fields(region, logo=evil)).status_code == 422


def test_the_check_answers_what_the_preview_needs(region, admin):
    answer = admin.get("/console/brand/check/", {"primary": "#ffd24a", "deep": "};evil{"}).json()
    assert answer["tokens"]["--balai-color-brand-primary"] == "#ffd24a"
    assert answer["tokens"]["--balai-color-brand-deep"] == spec_of(region).deep
    assert [line["field"] for line in answer["lines"] if not line["passes"]] == ["primary"]


def test_the_preview_sheet_takes_only_colours(region, admin):
    css = admin.get(
        "/console/brand/preview.css", {"primary": "red;}body{display:none", "pattern": "x"}
    ).content.decode()
    assert "display" not in css
    assert '[data-region="preview"]' in css
