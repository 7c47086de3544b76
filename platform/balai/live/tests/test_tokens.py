"""Tickets, rules and what pages carry."""

import time

import pytest
from django.template import Context, Template, TemplateSyntaxError

from balai import context, live
from balai.live import policies, tokens


def test_i09_a_ticket_is_for_one_host_and_one_minute(region, other_region) -> None:
    with context.region_context(region):
        ticket = live.token_for(["a.b"])
    assert tokens.read(ticket, host=region.host).topics == {"a.b"}
    for host in (other_region.host, "", f"x.{region.host}"):
        with pytest.raises(tokens.signing.BadSignature):
            tokens.read(ticket, host=host)


def test_an_old_ticket_is_refused(region, monkeypatch) -> None:
    with context.region_context(region):
        ticket = live.token_for(["a.b"])
    usual = time.time()
    monkeypatch.setattr("time.time", lambda: usual + tokens.LIFETIME + 2)
    with pytest.raises(tokens.signing.SignatureExpired):
        tokens.read(ticket, host=region.host)


def test_the_longest_prefix_decides(monkeypatch) -> None:
    monkeypatch.setattr(policies, "_rules", {})
    live.topic_policy("complaints.", lambda user, topic: False)
    live.topic_policy("complaints.desk.", lambda user, topic: True)
    assert policies.rule_for("complaints.desk.7")(None, "") is True
    assert policies.rule_for("complaints.report_received")(None, "") is False
    assert policies.rule_for("news.published") is None
    with pytest.raises(ValueError, match="already"):
        live.topic_policy("complaints.", lambda user, topic: True)


def test_a_live_part_of_a_page_names_its_topics_and_its_address() -> None:
    text = '{% load live %}{% live_region "a.b" topic url %}<b>{{ count }}</b>{% end_live_region %}'
    page = Template(text).render(Context({"topic": "c.d", "url": '/x?"', "count": 3}))
    assert page == (
        '<div data-live="a.b c.d" hx-get="/x?&quot;" hx-trigger="live" hx-swap="innerHTML">'
        "<b>3</b></div>"
    )
    with pytest.raises(TemplateSyntaxError):
        Template("{% load live %}{% live_region url %}{% end_live_region %}")


def test_a_page_says_when_it_is_not_up_to_date() -> None:
    page = Template("{% load live %}{% live_status %}").render(Context())
    assert 'role="status"' in page
    assert " hidden" in page
    assert 'data-offline="' in page
