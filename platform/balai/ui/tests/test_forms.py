"""Photographs and pins."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from balai.ui import fields
from balai.ui.forms import PhotosField, PinField


class Photos(forms.Form):
    photos = PhotosField(max_count=2, max_megabytes=1, required=False)


class Place(forms.Form):
    pin = PinField(required=False)


def photos(*files):
    return Photos({}, MultiValueDict({"photos": list(files)}))


def jpeg(name="a.jpg", size=10):
    return SimpleUploadedFile(name, b"x" * size, "image/jpeg")


def test_all_photos_arrive():
    form = photos(jpeg("a.jpg"), jpeg("b.heic"))
    assert form.is_valid()
    assert [item.name for item in form.cleaned_data["photos"]] == ["a.jpg", "b.heic"]


@pytest.mark.parametrize(
    "files",
    [(jpeg(), jpeg(), jpeg()), (jpeg("a.svg"),), (jpeg(size=1024 * 1024 + 1),)],
    ids=["too-many", "svg", "too-large"],
)
def test_photos_that_do_not_fit_are_refused(files):
    assert "photos" in photos(*files).errors


def test_none_is_fine_unless_required():
    form = photos()
    assert form.is_valid()
    assert form.cleaned_data["photos"] == []

    class Required(forms.Form):
        photos = PhotosField()

    assert "photos" in Required({}, MultiValueDict()).errors


def test_a_pin_is_a_point_or_nothing():
    form = Place({"pin_0": "-6.178", "pin_1": "106.63"})
    assert form.is_valid()
    assert form.cleaned_data["pin"] == (-6.178, 106.63)
    empty = Place({})
    assert empty.is_valid()
    assert empty.cleaned_data["pin"] is None


@pytest.mark.parametrize(
    "data",
    [{"pin_0": "91", "pin_1": "0"}, {"pin_0": "x", "pin_1": "0"}, {"pin_0": "0", "pin_1": "-181"}],
)
def test_places_that_are_not_on_earth_are_refused(data):
    assert "pin" in Place(data).errors


def test_the_map_is_hidden_until_its_script_runs():
    html = fields.render(Place()["pin"])
    assert "data-pin " in html
    assert " hidden>" in html
    assert html.count('type="hidden"') == 2
