"""An admin brings the table of an older system along: recognised, tried, matched, imported."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from tests.support.stack import Stack

pytestmark = pytest.mark.soak  # the services have short tests of their own
CITY = "tangerang"
HEAD = ("No Laporan", "Tanggal", "Kategori", "Judul", "Isi Laporan", "Status", "OPD", "Alamat",
        "Tanggal Selesai", "Tanggapan")  # fmt: skip


def table() -> dict[str, object]:
    """Return a CSV file as a browser uploads it: 40 good rows, 2 unknown kinds, 1 bad date."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    rows.writerow(["Rekap laporan 2019"])
    rows.writerow(HEAD)
    for number in range(43):
        kind = "PJU" if number in (5, 6) else "Lampu jalan mati"
        day = "kemarin" if number == 9 else f"{number % 28 + 1} Agustus 2019"
        rows.writerow((
            f"LPR-{number}", day, kind, f"Lampu nomor {number} mati", "Lampu mati, gelap sekali.",
            "Selesai", "DISHUB", "dekat masjid", "2019-09-09", "Lampu sudah diganti.",
        ))  # fmt: skip
    return {"name": "lapor-2019.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


def test_a_table_is_tried_mended_and_imported(
    stack: Stack, visit, sign_in, accessible, shot
) -> None:
    page: Page = visit()
    sign_in(page, "admin")
    page.goto(stack.url("/console/import/", CITY))
    accessible(page)
    shot(page, "import-1-list")
    page.locator("a.item", has_text="Reports").or_(
        page.locator("a[href$='complaints.reports/']")
    ).first.click()
    accessible(page)
    shot(page, "import-2-upload")
    page.locator("[name=file]").set_input_files([table()])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/columns/")
    expect(page.locator("[name=column_created]")).to_have_value("1")
    accessible(page)
    shot(page, "import-3-columns")
    page.locator("main form button[type=submit]").first.click()
    # The job's end shows by itself, without a reload.
    expect(page.locator("a[href$='/values/']")).to_be_visible(timeout=20_000)
    expect(page.locator("main")).to_contain_text("kemarin")
    accessible(page)
    shot(page, "import-4-tried")
    page.locator("a[href$='/values/']").click()
    page.locator("[name=value_category_0]").select_option("lampu-jalan")
    accessible(page)
    shot(page, "import-5-values")
    page.locator("main form button[type=submit]").first.click()
    start = page.locator("form[action$='/start/'] button")
    expect(start).to_be_visible(timeout=20_000)
    start.click()
    expect(page.locator(".chip", has_text="Selesai").or_(
        page.locator(".chip", has_text="Done")).first).to_be_visible(timeout=20_000)  # fmt: skip
    expect(page.locator("dl")).to_contain_text("42")
    with page.expect_download() as download:
        page.locator("a[href$='mistakes.csv']").click()
    assert "kemarin" in download.value.path().read_text("utf-8-sig")
    accessible(page)
    shot(page, "import-6-done")
    assert page.faults == []


@pytest.mark.soak
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_the_pages_fit(stack: Stack, visit, sign_in, accessible, shot, phone: bool) -> None:
    page: Page = visit(phone=phone)
    sign_in(page, "admin")
    page.goto(stack.url("/console/import/new/complaints.reports/", CITY))
    page.locator("[name=file]").set_input_files([table()])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/columns/")
    run = page.url.removesuffix("columns/")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("a[href$='/values/']")).to_be_visible(timeout=20_000)
    places = ("/console/import/", "/console/import/new/complaints.reports/",
              "/console/complaints/sp4n/")  # fmt: skip
    addresses = [stack.url(place, CITY) for place in places]
    for number, address in enumerate([*addresses, run, f"{run}columns/", f"{run}values/"]):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= (360 if phone else 1280), (address, width)
        accessible(page)
        shot(page, f"import-{'phone' if phone else 'desktop'}-{number}")
