"""Searchers are led to the modules' sitemaps, and away from trials and private pages."""

from dataclasses import replace

from balai.context import region_context
from balai.home import robots


def test_robots_names_the_sitemaps_of_active_modules(in_region, client_for) -> None:
    with region_context(replace(in_region, state="active")):
        lines = robots.text().splitlines()
        assert "Disallow: /desk/" in lines
        named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap")]
        assert named == [f"{in_region.base_url}{found}" for found in robots.sitemaps()]
        answers = {client_for(in_region).get(found)["Content-Type"] for found in robots.sitemaps()}
        assert answers == {"application/xml"}
    with region_context(replace(in_region, state="active", active_modules=frozenset())):
        assert robots.sitemaps() == []


def test_a_trial_is_found_nowhere(region, client_for) -> None:
    answer = client_for(region).get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == "User-agent: *\nDisallow: /\n"
