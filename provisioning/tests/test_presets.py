import dataclasses
import json

import pytest

from balai import presets as sealed
from balai.directory.models import Agency
from balai.directory.specs import AgencySpec
from provisioning import presets


@pytest.mark.parametrize("name", presets.NAMES)
def test_every_agency_stands_after_its_parent_and_is_valid(name):
    seen: set[str] = set()
    for spec in presets.load(name).agencies:
        assert spec.parent == "" or spec.parent in seen, spec
        assert spec.code not in seen, spec
        Agency(**{**dataclasses.asdict(spec), "parent": None}).clean_fields(exclude=["parent"])
        seen.add(spec.code)


def test_kota_and_kabupaten_have_the_offices_of_their_kind():
    kota, kabupaten = (
        {a.short_name for a in presets.load(name).agencies} for name in ("kota", "kabupaten")
    )
    everywhere = {
        "DLH",
        "DPUPR",
        "Dishub",
        "Dinkes",
        "Disdukcapil",
        "Satpol PP",
        "BPBD",
        "Diskominfo",
    }
    assert everywhere <= kota & kabupaten
    assert "DPMD" in kabupaten - kota
    assert {"Perkim", "Disnaker"} <= kota
    assert 30 <= len(kota) <= 60


def test_words_fit_the_kind():
    assert presets.load("kota").words["region.head"] == "Wali Kota"
    assert presets.load("kabupaten").words["region.head"] == "Bupati"
    assert set(presets.load("kota").words) == set(presets.load("pilot").words)
    assert presets.load("kota").module_labels["complaints"] == "Lapor"


def test_modules_that_start_switched_on():
    assert presets.load("kota").modules is None
    assert "complaints" in presets.load("pilot").modules


def test_versions_and_unknown_presets():
    assert presets.versions() == {name: presets.load(name).version for name in presets.NAMES}
    assert presets.load("kota", presets.versions()["kota"]) == presets.load("kota")
    for name, version in (("provinsi", None), ("../kota", None), ("kota", 99)):
        with pytest.raises(presets.UnknownPresetError):
            presets.load(name, version)


def test_a_difference_names_what_is_new_gone_and_changed():
    old = presets.load("pilot")
    agencies = (
        *(a for a in old.agencies if a.code not in ("dlh", "dishub")),
        AgencySpec(code="dlh", name="Dinas Lingkungan Hidup dan Kebersihan", short_name="DLHK"),
        AgencySpec(code="damkar", name="Dinas Pemadam Kebakaran", short_name="Damkar"),
    )
    new = dataclasses.replace(old, version=2, agencies=agencies, words={**old.words, "x": "y"})
    found = presets.diff(old, new)
    assert set(found.agencies.added) == {"damkar"}
    assert set(found.agencies.removed) == {"dishub"}
    assert found.agencies.changed["dlh"][1].short_name == "DLHK"
    assert found.words.added == {"x": "y"}
    assert len(found.agencies) == 3
    assert not presets.diff(old, old)


def test_a_file_changed_without_a_seal_is_refused(tmp_path):
    path = tmp_path / "kota.json"
    path.write_text(json.dumps({"version": 1, "checksum": "", "agencies": []}))
    with pytest.raises(sealed.BrokenPresetError, match="without sealing"):
        sealed.read(path)
    sealed.seal(path)
    assert sealed.read(path)["version"] == 1
    path.write_text(path.read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(sealed.BrokenPresetError):
        sealed.read(path)


def test_a_file_without_a_checksum_cannot_be_sealed(tmp_path):
    path = tmp_path / "kota.json"
    path.write_text("{}")
    with pytest.raises(sealed.BrokenPresetError, match="needs"):
        sealed.seal(path)
