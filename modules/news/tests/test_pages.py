"""What citizens see: lists that keep to time, place and words, and an article in few bytes."""

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from balai.directory.models import Area
from modules.news import services
from modules.news.models import Article
from modules.news.search import search
from modules.news.selectors import paging, public
from modules.news.states import Kind
from modules.news.tests.conftest import OF_KIND, own_queries, picture, words

pytestmark = pytest.mark.django_db
LISTS = {
    Kind.NEWS: "/news/stories/",
    Kind.NOTICE: "/news/announcements/",
    Kind.EVENT: "/news/agenda/",
    Kind.HOAX: "/news/hoaxes/",
    Kind.EPAPER: "/news/papers/",
}
LONG = "Pemerintah kota memperbaiki saluran air di sepanjang jalan ini. " * 60


def text_of(client: object, page: str) -> str:
    """Return a page's HTML; it must be there."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


def test_only_what_is_out_is_seen(draft, published, visitor) -> None:
    now = timezone.now()
    hidden = [
        draft(title="Judul rahasia draf"),
        published(title="Judul rahasia nanti", at=now + timedelta(hours=1)),
    ]
    over = published(
        "notice", title="Judul yang sudah lewat", now=now - timedelta(days=3),
        expires_at=now - timedelta(days=1),
    )  # fmt: skip
    seen = published(title="Judul yang terbit")
    pages = (
        "/", "/news/", "/news/stories/", "/news/announcements/", "/news/?q=judul",
        "/news/sitemap.xml", "/news/feed.rss", "/news/feed.atom", "/news/feed.json",
        "/api/v1/news/articles", "/search/?q=judul", seen.get_absolute_url(),
    )  # fmt: skip
    for page in pages:
        html = text_of(visitor, page)
        assert "rahasia" not in html
        assert "sudah lewat" not in html
    assert "yang terbit" in text_of(visitor, "/news/")
    assert {visitor.get(f"/news/{row.uuid}/").status_code for row in hidden} == {404}
    assert "noindex" in text_of(visitor, f"/news/{over.uuid}/")
    assert [hit.title for hit in search("judul", None, 8)] == [seen.title]


def test_each_kind_has_its_page_with_rows_and_empty(published, visitor) -> None:
    for page in LISTS.values():
        assert 'class="card empty"' in text_of(visitor, page)
    for kind, page in LISTS.items():
        title = f"Judul {kind} sendiri"
        article = published(kind, title=title)
        if kind == Kind.EVENT:
            page += f"?month={timezone.localtime(article.starts_at):%Y-%m}"
        assert title in text_of(visitor, page)
        others = [other for name, other in LISTS.items() if name != kind]
        assert all(title not in text_of(visitor, other) for other in others)
        article_page = text_of(visitor, article.get_absolute_url())
        told = json.loads(re.search(r"ld\+json\">(.*?)</script>", article_page)[1])
        assert title in (told.get("headline"), told.get("name"))
        assert (told["@type"] == "Event") == (kind == Kind.EVENT)
        assert None not in told.values() and [] not in told.values()
        claimed = told.get("mainEntity", {}).get("claimReviewed", "")
        assert claimed == OF_KIND[kind].get("claim", "")


def test_a_hoax_shows_verdict_and_evidence(published, visitor) -> None:
    html = text_of(visitor, published(Kind.HOAX).get_absolute_url())
    assert "Bantuan tunai dibagikan" in html
    assert 'href="https://turnbackhoax.id/contoh"' in html
    assert "news-verdict--red" in html


def test_areas_reach_upwards_and_downwards(published, in_region) -> None:
    village = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first()
    district, elsewhere = village.parent, Area.objects.filter(parent=None).last()
    for_all = published(title="Untuk semua")
    for_district = published(title="Untuk kecamatan", areas=(district.code,))
    for_village = published(title="Untuk kelurahan", areas=(village.code,))

    def seen(code: str) -> set[Article]:
        return set(public.articles(public.Filters(area=code)))

    assert seen(village.code) == {for_all, for_district, for_village}
    assert seen(district.code) == {for_all, for_district, for_village}
    assert seen(elsewhere.code) == {for_all}


def test_search_knows_indonesian_and_keeps_what_was_typed(published, visitor) -> None:
    published(title="Perbaikan saluran air")
    published(title="Lomba memasak", text="Juru masak bertemu.")
    for asked in ("memperbaiki", "saluran", "PERBAIKAN AIR", "salur"):
        html = text_of(visitor, f"/news/?q={asked.replace(' ', '+')}")
        assert "Perbaikan saluran air" in html
        assert "Lomba" not in html
        assert f'value="{asked}"' in html
    assert "Lomba" in text_of(visitor, "/news/?q=%00&area=%27%3B&after=x&month=99")
    assert 'class="card empty"' in text_of(visitor, "/news/?q=kelelawar")


def test_pages_go_on_where_the_last_one_ended(published, in_region) -> None:
    now = timezone.now()
    rows = [published(title=f"Judul {n}", now=now - timedelta(minutes=n)) for n in range(5)]
    every = public.articles(public.Filters(), now)
    first = paging.page(every, size=2)
    second = paging.page(every, after=first.older, size=2)
    third = paging.page(every, after=second.older, size=2)
    assert [*first, *second, *third] == rows
    assert (first.newer, third.older) == (None, None)
    assert list(paging.page(every, before=third.newer, size=2)) == second.object_list
    back = paging.page(every, before=second.newer, size=2)
    assert (back.object_list, back.newer) == (first.object_list, None)


@pytest.mark.parametrize("page", ["/news/", "/news/stories/", "/news/agenda/"])
def test_a_row_costs_no_query(
    page, published, reviewer, visitor, django_assert_max_num_queries
) -> None:
    starts = timezone.now().replace(day=15)

    def costs(count: int) -> int:
        for _ in range(count):
            kind = Kind.EVENT if "agenda" in page else Kind.NEWS
            more = {"starts_at": starts} if kind == Kind.EVENT else {}
            row = published(kind, **more)
            services.add_picture(article=row, upload=picture(64, 48), alt="Jalan", by=reviewer)
        text_of(visitor, page)
        with django_assert_max_num_queries(12) as seen:
            text_of(visitor, page)
        return own_queries(seen)

    one = costs(2)
    assert costs(2) == one


def test_an_article_is_light(published, reviewer, visitor, django_assert_max_num_queries) -> None:
    for _ in range(4):
        published(title="Perbaikan saluran air lain", text=LONG)
    article = published(text=LONG, summary="Ringkasan. " * 20)
    for _ in range(3):
        services.add_picture(article=article, upload=picture(), alt="Jalan baru", by=reviewer)
    with django_assert_max_num_queries(10):
        html = text_of(visitor, article.get_absolute_url())
    assert len(gzip.compress(html.encode())) < 30_000
    assert 'alt="Jalan baru"' in html
    assert html.count('type="image/avif"') >= 3
    assert "https://wa.me/?text=" in html
    assert "onclick" not in html


def test_json_ld_cannot_end_its_script(published, visitor) -> None:
    article = published(title="</script><b>x", summary="</script>")
    html = text_of(visitor, f"/news/{article.uuid}/")
    told = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])
    assert told["headline"] == "</script><b>x"
    assert "<b>x" not in html


def test_events_go_into_calendars(published, visitor) -> None:
    starts = timezone.now().replace(microsecond=0) + timedelta(days=3)
    article = published(
        Kind.EVENT, title="Rapat; warga, semua", starts_at=starts,
        summary="Ringkasan yang panjang dengan huruf é, supaya barisnya dilipat menjadi dua. " * 3,
    )  # fmt: skip
    for page in ("/news/agenda.ics", f"/news/{article.uuid}/event.ics"):
        answer = visitor.get(page)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        lines = answer.content.decode().split("\r\n")
        assert max(len(line.encode()) for line in lines) <= 75
        unfolded = answer.content.decode().replace("\r\n ", "").split("\r\n")
        assert f"DTSTART:{starts:%Y%m%dT%H%M%SZ}" in unfolded
        assert "SUMMARY:Rapat\\; warga\\, semua" in unfolded
        assert unfolded[0] == "BEGIN:VCALENDAR"
        assert unfolded[-2:] == ["END:VCALENDAR", ""]
    news = published()
    assert visitor.get(f"/news/{news.uuid}/event.ics").status_code == 404


def events_of(client: object, page: str) -> dict[str, dict[str, str]]:
    """Return the properties of a calendar's events by their UID."""
    plain = client.get(page).content.decode().replace("\r\n ", "")
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", plain, re.DOTALL)
    rows = [dict(line.split(":", 1) for line in block.splitlines()) for block in blocks]
    return {row["UID"]: row for row in rows}


def stamp(moment: datetime) -> str:
    """Return a time as iCalendar writes it in UTC (RFC 5545, section 3.3.5)."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def test_calendars_read_what_they_get(published, visitor, in_region) -> None:
    here = timezone.get_default_timezone()
    night = (timezone.now() + timedelta(days=3)).astimezone(here).replace(hour=22, microsecond=0)
    village = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first()
    over_midnight = published(
        Kind.EVENT, title="Wayang\xa0kulit", starts_at=night, ends_at=night + timedelta(hours=8),
        areas=(village.code,),
    )  # fmt: skip
    moment = published(Kind.EVENT, title="Sirene", starts_at=night, ends_at=night)
    events = events_of(visitor, "/news/agenda.ics")
    assert set(events) == {str(over_midnight.uuid), str(moment.uuid)}
    first = events[str(over_midnight.uuid)]
    ends = night + timedelta(hours=8)
    assert (first["DTSTART"], first["DTEND"]) == (stamp(night), stamp(ends))
    assert (first["SUMMARY"], first["SEQUENCE"]) == ("Wayang\xa0kulit", "1")
    assert first["LAST-MODIFIED"] == first["DTSTAMP"] == stamp(over_midnight.modified_at)
    assert "DTEND" not in events[str(moment.uuid)]
    elsewhere = Area.objects.filter(parent=None).exclude(pk=village.parent_id).first()
    for code, count in ((village.parent.code, 2), (elsewhere.code, 1)):
        assert len(events_of(visitor, f"/news/agenda.ics?area={code}")) == count
    page = text_of(visitor, f"/news/agenda/?area={village.code}&month={night:%Y-%m}")
    assert f"/news/agenda.ics?area={village.code}" in page
    assert f'<option value="{village.code}" selected>' in page


def test_the_lead_is_the_newest_unless_an_editor_chose(published, reviewer) -> None:
    old, new = published(title="Lama"), published(title="Baru")
    assert public.lead(public.Filters()) == new
    for chosen in (new, old):
        services.put_on_top(article=chosen, on_top=True, by=reviewer)
        assert public.lead(public.Filters()) == chosen
    later = timezone.now() + public.LONGEST_LEAD + timedelta(days=1)
    assert public.lead(public.Filters(), later) == new
    services.put_on_top(article=old, on_top=False, by=reviewer)
    assert public.lead(public.Filters()) == new


def test_read_on_shares_words(published) -> None:
    article = published(title="Banjir di Cipondoh surut")
    akin = published(title="Posko banjir Cipondoh ditutup", text="Warga pulang.")
    published(title="Lomba lukis", text="Anak-anak melukis.")
    past = timezone.now() - timedelta(days=2)
    gone = published(Kind.EVENT, title="Kerja bakti banjir Cipondoh", starts_at=past)
    assert public.related(article)[0] == akin
    assert not {article, gone} & set(public.related(article))


def test_the_sitemap_is_one(published, visitor) -> None:
    article = published()
    tree = ElementTree.fromstring(visitor.get("/news/sitemap.xml").content)
    (address,) = tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    assert address.text.endswith(article.get_absolute_url())


def test_a_change_of_title_breaks_no_link(published, reviewer, visitor) -> None:
    article = published(title="Judul pertama")
    old = article.get_absolute_url()
    assert old.endswith("/judul-pertama/")
    services.correct(
        article=article, content=words(title="Judul kedua"), note="Judul.", version=1, by=reviewer
    )
    html = text_of(visitor, old)
    assert "judul-kedua" in re.search(r'rel="canonical" href="([^"]+)"', html)[1]
