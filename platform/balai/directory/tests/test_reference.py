import hashlib
import time
from pathlib import Path

import pytest

from balai.directory import reference
from balai.directory.reference import abbreviations, build


def test_the_list_is_complete():
    assert len(reference.provinces()) == 38
    assert len(reference.regencies()) == 514
    districts = villages = 0
    for regency in reference.regencies():
        districts += len(reference.districts(regency.code))
        villages += len(reference.villages(regency.code))
    assert (districts, villages) == (7285, 83762)


def test_every_level_is_found_by_its_code():
    assert reference.find("36").name == "Banten"
    assert reference.find("36.71").full_name == "Kota Tangerang"
    assert reference.find("36.71.01").name == "Tangerang"
    village = reference.find("36.71.01.1001")
    assert (village.name, village.kind, village.district_code) == (
        "Sukarasa", "kelurahan", "36.71.01",
    )  # fmt: skip
    assert reference.find("33.06.01.2001").kind == "desa"
    assert reference.find("91.03.01.3007").kind == "desa adat"


@pytest.mark.parametrize(
    "code", ["", "3", "36.99", "36.71.99", "36.71.01.9999", "3671", "99.99.99", "36.71\n"]
)
def test_what_is_no_code_is_not_found(code):
    assert reference.find(code) is None


def test_an_unknown_code_is_refused_where_one_is_required():
    for ask in (reference.regency, reference.districts, reference.villages):
        with pytest.raises(reference.UnknownCodeError):
            ask("36.99")
    with pytest.raises(reference.UnknownCodeError):
        reference.villages("36.71.99")


def test_regions_of_a_province_and_villages_of_a_district():
    banten = reference.regencies("36")
    assert {r.name for r in banten if r.kind == "kota"} == {
        "Tangerang", "Cilegon", "Serang", "Tangerang Selatan",
    }  # fmt: skip
    assert len(reference.villages("36.71.01")) == 8
    assert len(reference.districts("36.71")) == 13
    assert len(reference.villages("33.06")) == 494


def test_time_zones_are_those_of_the_provinces():
    zone = {r.code: r.province.timezone for r in reference.regencies()}
    assert zone["36.71"] == "Asia/Jakarta"
    assert zone["61.71"] == "Asia/Jakarta"  # Pontianak is WIB although it lies on Kalimantan
    assert zone["64.71"] == zone["51.71"] == zone["73.71"] == "Asia/Makassar"
    assert zone["91.71"] == zone["81.71"] == "Asia/Jayapura"
    assert reference.regency("91.71").zone.key == "Asia/Jayapura"


def test_letters_are_unique_three_capitals_and_never_rude():
    letters = [r.letters for r in reference.regencies()]
    assert len(set(letters)) == 514
    assert all(len(x) == 3 and x.isascii() and x.isalpha() and x.isupper() for x in letters)
    assert not set(letters) & abbreviations.REFUSED


def test_letters_that_citizens_see_do_not_change():
    known = {"36.71": "TNG", "36.03": "TGR", "36.74": "TGS", "33.06": "PWR", "35.78": "SBY"}
    assert {code: reference.regency(code).letters for code in known} == known
    # All of them: a changed digest means that some region's tracking numbers would change.
    text = ",".join(f"{r.code}{r.letters}" for r in reference.regencies())
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "0e27fb49d0cb96a4"


def test_letters_given_once_stay_when_the_list_grows():
    names = [("36.71", "kota", "Tangerang"), ("99.01", "kabupaten", "Tangguh")]
    before = abbreviations.assign(names, {})
    after = abbreviations.assign([("98.01", "kota", "Tangguh"), *names], before)
    assert {code: after[code] for code in before} == before
    assert after["98.01"] != after["99.01"]


def test_a_name_without_enough_letters_is_an_error():
    with pytest.raises(ValueError, match="no three letters"):
        abbreviations.assign([("99.01", "kota", "Oz")], {})


def test_a_regency_is_read_in_well_under_50_ms_and_alone():
    def once() -> float:
        reference._contents.cache_clear()
        started = time.perf_counter()
        reference.villages("33.06")
        return time.perf_counter() - started

    reference.regencies()
    # The best of three: other work on the machine is not what is measured.
    assert min(once() for _ in range(3)) < 0.05
    assert reference._contents.cache_info().currsize == 1


def test_the_files_stay_small():
    sizes = [f.stat().st_size for f in Path(build.HERE).iterdir() if f.suffix in (".json", ".zip")]
    assert len(sizes) == 2
    assert sum(sizes) < 1_200_000


def test_the_source_is_named():
    assert "ODbL" in reference.source()
    assert "opendatacommons.org" in (Path(build.HERE) / "NOTICE.md").read_text()


def test_a_region_is_found_by_part_of_its_name_and_by_a_typing_slip():
    assert [r.full_name for r in reference.search("tangerang")] == [
        "Kabupaten Tangerang", "Kota Tangerang", "Kota Tangerang Selatan",
    ]  # fmt: skip
    assert reference.search("kota tangerang")[0].code == "36.71"
    assert reference.search("purwerejo")[0].code == "33.06"
    assert reference.search("  ") == []
    assert reference.search("zzzzzz") == []
    assert len(reference.search("kota", limit=3)) == 3


def test_names_that_exist_twice_are_offered_near_home_first():
    by_home = [reference.search("banjar", near=code)[0].code for code in ("32.79", "63.03")]
    assert by_home == ["32.79", "63.03"]


def test_neighbours_are_the_others_of_the_province():
    found = reference.neighbours("36.71")
    assert len(found) == 7
    assert "36.71" not in {r.code for r in found}
    assert {"36.03", "36.74"} <= {r.code for r in found}
