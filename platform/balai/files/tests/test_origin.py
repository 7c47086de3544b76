"""Hints of editors and generators are read before a photo is made anew, and then gone."""

import io

from PIL import Image, PngImagePlugin

from balai.files.origin import Origin, read_origin
from balai.files.photos import process
from balai.files.tests import corpus

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmp:CreatorTool="GIMP 3.0"'
    b' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/'
    b'compositeWithTrainedAlgorithmicMedia"/></x:xmpmeta>'
)


def origin_of(data: bytes) -> Origin:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return read_origin(image, data)


def with_xmp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#345").save(out, "JPEG", xmp=XMP)
    return out.getvalue()


def test_a_plain_photo_gives_no_hint():
    for data in (corpus.jpeg(), corpus.png(), corpus.webp(), corpus.telephone_photo()):
        assert origin_of(data).hint == ""


def test_xmp_tells_program_and_source():
    told = origin_of(with_xmp())
    assert (told.software, told.generated, told.hint) == ("GIMP 3.0", True, "generator")


def test_a_text_chunk_with_the_prompt_is_a_generators():
    chunks, out = PngImagePlugin.PngInfo(), io.BytesIO()
    chunks.add_text("prompt", '{"3": {"class_type": "KSampler"}}')
    Image.new("RGB", (300, 200), "#345").save(out, "PNG", pnginfo=chunks)
    assert origin_of(out.getvalue()).hint == "generator"


def test_a_comment_is_repeated_only_if_it_names_a_program():
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#345").save(out, "JPEG", comment=b"KENARI Budi Santoso")
    assert origin_of(out.getvalue()) == Origin()
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#345").save(out, "JPEG", comment=b"CREATOR: gd, DALL-E 3")
    assert origin_of(out.getvalue()).hint == "generator"


def test_who_looks_sees_the_upright_picture_once_and_what_is_kept_has_no_hint():
    seen = []
    photo = process(
        with_xmp(), lambda picture, origin: seen.append((picture.size, picture.mode, origin))
    )
    assert len(seen) == 1
    assert seen[0][:2] == ((300, 200), "RGB")
    assert seen[0][2].hint == "generator"
    assert not any(
        b"GIMP" in data or b"digitalsourcetype" in data for data in photo.variants.values()
    )
