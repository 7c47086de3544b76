"""The tag library."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

STATUS = SimpleNamespace(colour="amber", icon="wrench", label="<b>In work</b>")
MOMENT = datetime(2026, 12, 4, 9, 20, tzinfo=UTC)


def render(source, **context):
    return Template("{% load balai %}" + source).render(Context(context))


def test_a_chip_has_colour_icon_and_word():
    html = render("{% chip status %}", status=STATUS)
    assert 'class="chip chip--amber"' in html
    assert "<svg" in html
    assert "&lt;b&gt;In work&lt;/b&gt;" in html


def test_a_chip_takes_other_words():
    assert "Planned 3 Dec" in render('{% chip status "Planned 3 Dec" %}', status=STATUS)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("full", "Friday, 4 December 2026, 16:20 WIB"),
        ("date", "Friday, 4 December 2026"),
        ("clock", "16:20 WIB"),
    ],
)
def test_a_time_is_a_time_element(city, english, form, words):
    html = render("{% localtime_tag at form %}", at=MOMENT, form=form)
    assert 'datetime="2026-12-04T16:20:00+07:00"' in html
    assert f">{words}</time>" in html


def test_no_time_is_nothing(city):
    assert render("{% localtime_tag at %}", at=None) == ""


def test_filters_keep_quiet_about_none():
    source = "{{ a|rupiah }}{{ a|number }}{{ a|percent }}{{ a|ago }}{{ a|long_date }}{{ a|clock }}"
    assert render(source, a=None) == ""


def test_the_regions_own_word_comes_first(city):
    assert render('{% region_word "module.complaints" "Complaints" %}') == "LAKSA"
    assert render('{% region_word "module.news" "News" %}') == "News"


def test_pages_keep_the_other_filters(english):
    request = RequestFactory().get("/?q=a%26b&page=2&kind=road")
    page = Paginator(range(50), 10).get_page(2)
    html = render("{% page_nav page %}", page=page, request=request)
    assert "?q=a%26b&amp;kind=road&amp;page=1" in html
    assert "?q=a%26b&amp;kind=road&amp;page=3" in html
    assert "Page 2 of 5" in html


def test_one_page_needs_no_navigation():
    assert render("{% page_nav page %}", page=Paginator([1], 10).get_page(1)).strip() == ""


def test_initials():
    assert render("{{ name|initials }}", name="Dinas Perhubungan dan Jalan") == "DP"


def test_an_address_that_this_host_lacks_is_empty():
    assert render('{% url_if "no-such-route" as url %}[{{ url }}]') == "[]"
    assert render('{% url_if "home:search" %}') == "/search/"
