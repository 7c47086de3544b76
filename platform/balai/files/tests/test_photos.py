"""The photo pipeline against the upload corpus."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from balai import files
from balai.files.photos import MAX_BYTES, process
from balai.files.tests import corpus


@pytest.mark.parametrize("kind", corpus.REFUSED)
def test_what_is_no_photo_is_refused_with_a_sentence(kind):
    with pytest.raises(files.UploadRejected) as refusal:
        process(corpus.REFUSED[kind])
    assert str(refusal.value.message).endswith(".")


def test_a_photo_over_ten_megabytes_is_refused():
    with pytest.raises(files.UploadRejected, match="10 MB"):
        process(corpus.jpeg() + b"\0" * MAX_BYTES)


@pytest.mark.parametrize("make", [corpus.jpeg, corpus.png, corpus.webp])
def test_every_size_is_a_plain_picture(make):
    photo = process(make())
    kinds = {}
    for name, data in photo.variants.items():
        image = Image.open(io.BytesIO(data))
        image.load()
        kinds[name] = (image.format, image.mode, max(image.size))
    assert kinds["large"][:2] == ("JPEG", "RGB")
    assert kinds["medium"][:2] == kinds["thumb"][:2] == ("WEBP", "RGB")
    assert kinds["large"][2] <= 1600
    assert kinds["medium"][2] <= 480
    assert kinds["thumb"][2] <= 160


def test_a_photo_loses_its_metadata_and_keeps_its_place_apart(in_region):
    photo = process(corpus.telephone_photo())
    assert photo.metadata.latitude == pytest.approx(-6.178250, abs=1e-5)
    assert photo.metadata.longitude == pytest.approx(106.640333, abs=1e-5)
    # No offset in the photo: the region's own clock, WIB.
    assert photo.metadata.taken_at == datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
    for data in photo.variants.values():
        assert b"KENARI" not in data
        assert b"Exif" not in data
        image = Image.open(io.BytesIO(data))
        assert not image.getexif()
        assert {"comment", "exif", "icc_profile", "xmp"} & set(image.info) == set()


def test_a_photo_is_turned_upright(in_region):
    photo = process(corpus.telephone_photo())
    image = Image.open(io.BytesIO(photo.variants["large"]))
    assert image.size == (1200, 1600) == (photo.width, photo.height)
    top, bottom = image.getpixel((600, 100)), image.getpixel((600, 1500))
    assert top[0] > 180 > bottom[0]


def test_a_polyglot_s_second_face_is_gone():
    photo = process(corpus.jpeg() + corpus.SCRIPT)
    assert all(b"KENARI" not in data for data in photo.variants.values())


def test_what_is_transparent_lies_on_white():
    photo = process(corpus.png())
    assert Image.open(io.BytesIO(photo.variants["large"])).getpixel((5, 5)) == (255, 255, 255)


def test_a_broken_position_is_no_reason_to_refuse(in_region):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (999.0, 0.0, 0.0), 3: "E", 4: ()})
    photo = process(corpus.jpeg(exif=exif))
    assert photo.metadata.latitude is None
    assert photo.metadata.longitude is None
