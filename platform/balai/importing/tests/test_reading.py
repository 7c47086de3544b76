"""Files of strangers: delimiters, encodings, ragged rows, workbooks, bombs."""

import io
import struct
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from balai.importing import reading
from balai.importing.reading import TableProblem, csvfile, limits
from balai.importing.tests.conftest import workbook

HEAD = ["nomor", "isi"]


def read(data: bytes) -> list[tuple[int, list[str]]]:
    with reading.lines(io.BytesIO(data)) as rows:
        return list(rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_out(delimiter: str) -> None:
    other = ";" if delimiter == "," else ","
    text = f"nomor{delimiter}isi\n1{delimiter}lampu{other} mati{other} lagi\n2{delimiter}jalan\n"
    assert read(text.encode()) == [
        (1, HEAD), (2, ["1", f"lampu{other} mati{other} lagi"]), (3, ["2", "jalan"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings_are_found_out(encoding: str) -> None:
    text = "nomor,isi\n1,café “Jl. Merdeka”\n" + "2,jalan rusak\n" * 20
    assert read(text.encode(encoding))[1] == (2, ["1", "café “Jl. Merdeka”"])


def test_quoted_line_breaks_ragged_rows_and_empty_lines() -> None:
    text = 'nomor,isi\r\n1,"lampu\r\nmati, gelap"\r\n\r\n,,\r\n2\r\n3,jalan,lebih\r\n'
    assert read(text.encode()) == [
        (1, HEAD), (2, ["1", "lampu\nmati, gelap"]), (5, ["2"]), (6, ["3", "jalan", "lebih"])
    ]  # fmt: skip


def test_excels_own_first_line_tells_the_delimiter() -> None:
    assert read(b"sep=|\nnomor|isi\n1|a;b;c\n") == [(2, HEAD), (3, ["1", "a;b;c"])]


def test_guards_and_controls_are_taken_away() -> None:
    assert read("a,b\n'=1+1,x\x01y\ufeff\n".encode())[1] == (2, ["=1+1", "xy"])


def test_a_quotation_mark_that_never_closes_is_told() -> None:
    with pytest.raises(TableProblem, match="quotation mark"):
        read(b'a,b\n1,"' + b"x" * 200_000)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00" * 40, "not a table"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old kind"),
        (b"PK\x03\x04 but no archive", "not a workbook"),
        (b"a,b\n" + b"1,2\n" * 5_300_000, "20 MB"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, words: str) -> None:
    with pytest.raises(TableProblem, match=words):
        read(data)


def test_a_workbook_gives_values_and_dates_not_formulas() -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["tanggal", "isi", "jumlah", "benar"])
    book.active.append([datetime(2019, 8, 5, 14, 3), "lampu", 3.0, True])
    book.active.append([None, "=SUM(1,2)", 2.5, False])
    book.create_sheet("lain").append(["tidak dibaca"])
    book.save(out)
    assert read(out.getvalue()) == [
        (1, ["tanggal", "isi", "jumlah", "benar"]),
        (2, ["2019-08-05 14:03:00", "lampu", "3", "1"]),
        (3, ["", "", "2.5", "0"]),  # nobody has worked the formula out
    ]


def test_a_hidden_first_sheet_is_passed_over() -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["sandi"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Laporan").append(["nomor"])
    book.save(out)
    assert read(out.getvalue()) == [(1, ["nomor"])]


def bomb(megabytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * megabytes * 1024 * 1024)
    return out.getvalue()


def test_a_zip_bomb_is_refused_from_its_table_of_contents(monkeypatch) -> None:
    data = bomb(130)
    assert len(data) < 200_000
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **kwargs: pytest.fail("unpacked"))
    with pytest.raises(TableProblem, match="120 MB"):
        read(data)


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked_either() -> None:
    data = bytearray(workbook([["a"]] * 3).read())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    # The size in the table of contents, made smaller than the sheet is.
    at = data.rfind(entry.filename.encode()) - 46 + 24
    assert struct.unpack_from("<I", data, at)[0] == entry.file_size
    struct.pack_into("<I", data, at, 40)
    with pytest.raises(TableProblem, match="not a workbook"):
        read(bytes(data))


def test_entities_in_a_workbook_are_not_expanded() -> None:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(8)
    )
    source = zipfile.ZipFile(io.BytesIO(workbook([["a"]]).read()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                body = f"<?xml version='1.0'?><!DOCTYPE x [{laughs}]><x>&l7;</x>".encode()
            archive.writestr(entry.filename, body)
    with pytest.raises(TableProblem, match="not a workbook"):
        read(out.getvalue())


def test_too_many_rows_and_columns_are_said(monkeypatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    with pytest.raises(TableProblem, match="200,000"):
        read(b"a,b\n" * 5)
    with pytest.raises(TableProblem, match="200 columns"):
        read(b",".join([b"a"] * (limits.MAX_COLUMNS + 1)))


def test_the_delimiter_of_one_column_does_not_matter() -> None:
    assert csvfile.delimiter("isi\nlampu\njalan\n") in csvfile.DELIMITERS
    assert read(b"isi\nlampu\n") == [(1, ["isi"]), (2, ["lampu"])]
