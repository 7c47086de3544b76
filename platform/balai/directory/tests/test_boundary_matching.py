import pytest
from django.utils import translation

from balai.directory.boundaries.matching import Known, match, name_of, plain
from balai.directory.boundaries.reading import Shape

VILLAGES = [
    Known("36.71.01.1005", "Cikokol", "Tangerang"),
    Known("36.71.01.1007", "Sukasari", "Tangerang"),
    Known("36.71.02.1003", "Pasir Jaya", "Jatiuwung"),
    Known("33.06.01.2001", "Rejosari", "Grabag"),
    Known("33.06.02.2001", "Rejosari", "Ngombol"),
]


def find(level="village", known=VILLAGES, **properties):
    with translation.override("en"):
        matches, problems = match([Shape(1, properties, None)], known, level=level)
    return [m.code for m in matches], [(p.text, p.fatal) for p in problems]


@pytest.mark.parametrize(
    "properties",
    [
        {"code": "36.71.01.1005"}, {"KDEPUM": "36.71.01.1005", "WADMKD": "Cikokol"},
        {"kode": 3671011005, "nama": "CIKOKOL"}, {"name": "Kelurahan Cikokol"},
        {"NAMOBJ": "Kel. Cikokol"}, {"Desa": "cikokol", "Kecamatan": "Tangerang"},
        {"id": "x7", "name": "Cikokol"},
    ],
)  # fmt: skip
def test_a_village_is_found_by_code_or_name(properties):
    assert find(**properties) == (["36.71.01.1005"], [])


def test_spaces_accents_and_punctuation_do_not_matter():
    assert (
        plain("Kelurahan  Pasir-Jaya")
        == plain("PASIR JAYA")
        == plain("desa pasirjáya")
        == "pasirjaya"
    )
    assert find(name="Pasirjaya")[0] == ["36.71.02.1003"]


def test_names_that_exist_twice_need_the_kecamatan():
    assert find(name="Rejosari", WADMKC="Kec. Ngombol")[0] == ["33.06.02.2001"]
    assert find(name="Rejosari") == (
        [], [("2 areas are called Rejosari: add the code or the kecamatan.", True)]
    )  # fmt: skip
    assert find(name="Cikokol", kecamatan="Ngombol")[0] == []


def test_a_code_of_the_statistics_office_is_never_taken_for_ours():
    # 3671011005 without dots could be BPS: kecamatan 011, village 005. The name decides.
    assert find(kode="3671011005", nama="Sukasari")[0] == ["36.71.01.1007"]
    assert find(kode="3671011005", nama="Margasari") == (
        [], [("No area of this region is called Margasari.", True)]
    )  # fmt: skip


def test_a_code_with_dots_wins_over_the_name_and_says_so():
    assert find(code="36.71.01.1005", name="Sukasari") == (
        ["36.71.01.1005"], [("Here it is called Cikokol.", False)]
    )  # fmt: skip


def test_what_is_of_another_region_or_nameless_is_told():
    assert find(code="36.03.01.2001")[1] == [
        ("The code 36.03.01.2001 is not of this region.", True)
    ]
    assert find()[1] == [("It has neither a code nor a name.", True)]
    assert find(name=True, code=[1])[1] == [("It has neither a code nor a name.", True)]


def test_kecamatan_are_found_among_kecamatan():
    known = [Known("36.71.01", "Tangerang"), Known("36.71.02", "Jatiuwung")]
    assert find("district", known, KDCPUM="36.71.02")[0] == ["36.71.02"]
    assert find("district", known, WADMKC="Jatiuwung")[0] == ["36.71.02"]
    assert find("district", known, kode="367102", nama="Jatiuwung")[0] == ["36.71.02"]
    assert find("district", known, code="36.71.01.1005")[0] == []


def test_a_feature_is_called_by_its_most_telling_name():
    assert name_of({"WADMKD": "Cikokol", "WADMKC": "Tangerang"}) == "Cikokol"
    assert name_of({"WADMKD": "Cikokol", "WADMKC": "Tangerang"}, "district") == "Tangerang"
    assert name_of({"foo": "bar"}) == ""
