"""Indonesian full-text: stems, stop words, half-typed words, phrases, odd characters."""

import pytest
from django.db.models import BooleanField, ExpressionWrapper, Q
from hypothesis import given, settings, strategies as st

from balai import fulltext
from balai.context import Region
from balai.directory.models import Area

TITLE = "Perbaikan lampu jalan di Cikokol"
PLACE = "TNG-26-004217 Café Suka Maju, dekat SDN 3"
TEXT = "Kami melaporkan lampu yang padam sejak hari Jum'at; petugas belum datang."


def fits(asked: str, *texts: str) -> bool:
    """Tell, in the database, whether a stored row of these texts is found."""
    stored = Area.objects.annotate(found=fulltext.vector(*(texts or (TITLE, PLACE, TEXT))))
    rows = stored.filter(found=fulltext.query(asked)).values_list("pk")
    return rows[:1].count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        "lampu", "LAMPU JALAN", "jalan lampu", "laporan", "pelapor dilaporkan",  # stems
        "perba", "perbaik", "cik",  # half typed
        "yang di lampu", "lampu yang padam",  # stop words
        '"lampu jalan"', '"jalan di cikokol"', '"lampu jal', '"lampu padam"',
        "004217", "TNG-26-004217", "tng-26-0042", "cafe suka", "CAFÉ", "jumat", "jum’at", "SDN 3",
        "lampu\0", "lampu!!! & | ( ) : * \\ ' <-> --",
    ],
)  # fmt: skip
def test_found(asked: str, in_region: Region) -> None:
    assert fits(asked), asked


@pytest.mark.parametrize(
    "asked",
    [
        "banjir",
        "lampu banjir",
        '"jalan lampu"',
        "26-TNG",
        "pe jalan",
        "",
        "\0",
        "yang di",
        "'",
        "'\\",
    ],
)
def test_not_found(asked: str, in_region: Region) -> None:
    assert not fits(asked), asked


def test_no_word_is_no_condition(in_region: Region) -> None:
    for nothing in ("", " ", "\0", "yang di", "!?"):
        assert fulltext.matching(nothing) == Q()
    assert fulltext.matching("banjir", field="found") != Q()


def test_weights_put_titles_first(in_region: Region) -> None:
    from django.contrib.postgres.search import SearchRank

    def rank(*texts: str) -> float:
        scored = Area.objects.annotate(
            rank=SearchRank(fulltext.vector(*texts), fulltext.query("lampu"))
        )
        return float(scored.values_list("rank", flat=True)[0])

    assert rank("lampu", "", "") > rank("", "lampu", "") > rank("", "", "lampu") > 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_stored_and_asked_for(asked: str) -> None:
    """The database never refuses what was typed: checked by compiling, then by asking it."""
    joined = " ".join(fulltext.words(asked))
    assert "\0" not in joined
    assert all(word.isalnum() for word in joined.split())


def test_odd_texts_reach_the_database_unharmed(in_region: Region) -> None:
    odd = [
        "Ⅷ ½ ﬁ",
        "日本語 テスト",
        "ꦱꦼꦭꦩꦠ꧀",
        "a" * 5000,
        "\u202e\ufeffx",
        "ı İ ß ŉ",
        "² ³",
        "٣ ৩",
        "🙈 lampu",
    ]
    for text in odd:
        condition = ExpressionWrapper(Q(found=fulltext.query(text)), output_field=BooleanField())
        rows = Area.objects.annotate(found=fulltext.vector(text, text)).annotate(yes=condition)
        assert len(rows.values_list("yes", flat=True)[:1]) == 1, text
