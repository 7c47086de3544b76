"""Words of Indonesian texts meet whatever their endings; strangers do not."""

import pytest

from modules.complaints import stems


@pytest.mark.parametrize(
    ("one", "other"),
    [("memperbaiki", "perbaikan"), ("diperbaiki", "perbaiki"), ("matikan", "mati"),
     ("menutup", "tutup"), ("melaporkan", "pelapor"), ("pengaspalan", "aspal"),
     ("kerusakan", "rusak"), ("penerangan", "terang"), ("memotong", "pemotongan"),
     ("berlubang", "lubang"),
     ("menyapu", "sapu"), ("lampunya", "lampu")],
)  # fmt: skip
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert stems.alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("mati", "mata"), ("dinas", "nasi"), ("tumbang", "tumbuh"), ("bangsat", "bangsa"),
     ("tutup", "atap")],
)  # fmt: skip
def test_strangers_do_not_meet(one: str, other: str) -> None:
    assert not stems.alike(one, other)


def test_phrases_are_whole_words_in_a_row_whatever_capitals_and_accents() -> None:
    text = stems.words("LAMPU Jalan di Gang Melati itu PADÁM sejak kemarin")
    assert stems.contains(text, stems.words("lampu jalan"))
    assert stems.contains(text, ["padam"])
    assert not stems.contains(text, stems.words("jalan lampu"))
    assert not stems.contains(text, ["lamp"])
    assert stems.phrases("lubang, lampu jalan;\n ,!") == [["lubang"], ["lampu", "jalan"]]


def test_topics_overlap_by_what_is_broken_not_by_filling_words() -> None:
    one = stems.topic("Lampu jalan mati di depan sekolah sejak hari Minggu")
    same = stems.topic("Di depan sekolah lampunya sudah mati dari kemarin")
    other = stems.topic("Sampah menumpuk di depan pasar sejak hari Minggu")
    assert stems.overlap(one, same) >= 0.6
    assert stems.overlap(one, other) <= 0.4
    assert stems.overlap(one, frozenset()) == 0.0
