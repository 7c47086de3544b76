import pytest
from hypothesis import given, settings, strategies as st

from balai.directory import selectors, services, tables
from balai.directory.models import Agency

HEAD = "code,name,short_name,kind,parent,email,phone\r\n"


def table(*rows: str, head: str = HEAD) -> bytes:
    return (head + "\r\n".join(rows)).encode()


def errors(content: bytes) -> list[int]:
    with pytest.raises(tables.TableError) as caught:
        services.import_agencies(content=content)
    assert all(str(error.text) for error in caught.value.errors)
    return [error.row for error in caught.value.errors]


def test_new_rows_are_added_and_known_ones_updated(in_region):
    result = services.import_agencies(
        content=table(
            'uptd-a,"UPTD A, Barat",UPTD A,opd,dlh,,',
            "dlh,Dinas Lingkungan Hidup dan Hutan,DLHK,opd,,dlh@contoh.test,021-555",
            ",Dinas Baru,Disbaru,,,,",
        )
    )
    assert (result.created, result.updated) == (2, 1)
    uptd = Agency.objects.select_related("parent").get(code="uptd-a")
    assert (uptd.name, uptd.parent.code) == ("UPTD A, Barat", "dlh")
    assert Agency.objects.get(code="dlh").short_name == "DLHK"
    assert Agency.objects.get(code="disbaru").kind == "opd"


def test_what_is_exported_can_be_imported_unchanged(in_region):
    before = list(Agency.objects.order_by("code").values())
    nodes = selectors.agency_tree(active=True)
    text = tables.write(Agency.objects.select_related("parent").filter(active=True))
    assert text.count("\r\n") == len(nodes) + 1
    result = services.import_agencies(content=text.encode())
    assert (result.created, result.updated) == (0, len(nodes))
    assert list(Agency.objects.order_by("code").values()) == before


def test_semicolons_byte_order_marks_and_missing_columns_are_fine(in_region):
    head = "\ufeffcode;Name;SHORT_NAME;catatan\n"
    services.import_agencies(content=table("dlh;Dinas LH;DLH;x", head=head))
    dlh = Agency.objects.get(code="dlh")
    assert (dlh.name, dlh.parent, dlh.kind) == ("Dinas LH", None, "opd")


def test_one_wrong_row_keeps_everything_as_it_was(in_region):
    before = list(Agency.objects.order_by("code").values())
    rows = (
        "baru,Dinas Baru,Baru,opd,,,",
        ",,Tanpa Nama,opd,,,",
        "x,Dinas X,X,kerajaan,,,",
        "y,Dinas Y,Y,opd,hilang,,",
        "z,Dinas Z,Z,opd,,bukan email,",
        "baru,Dinas Baru Lagi,Baru,opd,,,",
        "setda,Sekretariat,Setda,opd,bag-umum,,",
    )
    assert errors(table(*rows)) == [3, 4, 5, 6, 7, 8]
    assert list(Agency.objects.order_by("code").values()) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"a,b\n1,2\n",
        HEAD.encode(),
        b"name,short_name\n" + b"A,B\n" * 1001,
        b"x" * 1_048_577,
    ],
)
def test_what_is_no_table_is_refused(in_region, content):
    assert len(errors(content)) == 1


def test_a_circle_in_the_table_is_refused(in_region):
    rows = ("a,A,A,opd,b,,", "b,B,B,opd,a,,")
    assert errors(table(*rows)) == [3]
    assert not Agency.objects.filter(code="a").exists()


formula = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(deadline=None)
@given(st.sampled_from(["=", "+", "-", "@", ""]), formula)
def test_no_cell_is_a_formula_and_reading_gives_back_what_was_written(start, rest):
    name = (start + rest).strip() or "x"
    agency = Agency(code="a", name=name, short_name="A")
    text = tables.write([agency])
    cell = text.split("\r\n")[1].split(",")[1]
    assert not cell.strip('"').startswith(("=", "+", "-", "@"))
    if not name.startswith("'"):
        assert tables.read(text.encode())[0][1]["name"] == name


def test_words_people_write_for_a_kind():
    assert tables.kind_of("Dinas") == "opd"
    assert tables.kind_of("") == "opd"
    assert tables.kind_of("mitra") == "partner"
    with pytest.raises(ValueError, match="opd"):
        tables.kind_of("kerajaan")
