import io
import tarfile

import pytest

from balai.directory.reference import build

TABLES = {
    "data/provinces.csv": "code,name\n51,Bali\n94,Papua Tengah\n36,Banten\n",
    "data/regencies.csv": "code,province_code,name\n36.71,36,Kota Tangerang\n",
    "data/districts.csv": 'code,regency_code,name\n36.71.02,36.71,"Ra""as"\n36.71.01,36.71,Satu\n',
    "data/villages.csv": (
        "code,district_code,name\n36.71.01.2001,36.71.01,lamuk\n36.71.02.1001,36.71.02,Dua\n"
    ),
    "package.json": '{"version": "9.9.9"}',
}


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "pack.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, text in TABLES.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_the_same_package_gives_the_same_bytes(archive, tmp_path, monkeypatch):
    made = []
    for turn in ("one", "two"):
        folder = tmp_path / turn
        folder.mkdir()
        monkeypatch.setattr(build, "HERE", folder)
        build.main(archive)
        made.append([(folder / name).read_bytes() for name in ("regions.json", "villages.zip")])
    assert made[0] == made[1]
    assert b'["36.71", "kota", "Tangerang", "TNG"]' in made[0][0]
    assert b"9.9.9" in made[0][0]


def test_villages_stand_beneath_their_district_in_code_order(archive):
    import zipfile

    tables = {name: build.read_table(archive, name) for name in build.TABLES}
    packed = zipfile.ZipFile(io.BytesIO(build.pack_villages(tables)))
    assert packed.read("36.71").decode() == '01\tSatu\n2001\tLamuk\n02\tRa"as\n1001\tDua\n'


def test_zones_and_kinds():
    assert [build.zone_of(c) for c in ("36", "51", "94")] == [
        "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura",
    ]  # fmt: skip
    assert build.split_kind("Kabupaten Kepulauan Sula") == ("kabupaten", "Kepulauan Sula")
    with pytest.raises(ValueError, match="neither"):
        build.split_kind("Provinsi Banten")
