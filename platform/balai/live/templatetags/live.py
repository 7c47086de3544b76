"""Template tags of live pages; load with ``{% load live %}``."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


class LiveRegionNode(template.Node):
    """A part of a page that is fetched again when something of its topics happened."""

    def __init__(self, arguments: list[Any], body: NodeList) -> None:
        self.arguments = arguments
        self.nodelist = body

    def render(self, context: Context) -> SafeString:
        """Render the part as it is now, with what it needs to stay true."""
        *topics, url = (str(item.resolve(context)) for item in self.arguments)
        inner = mark_safe(self.nodelist.render(context))  # noqa: S308  # rendered template
        return format_html(
            '<div data-live="{}" hx-get="{}" hx-trigger="live" hx-swap="innerHTML">{}</div>',
            " ".join(topics),
            url,
            inner,
        )


@register.tag("live_region")
def live_region(parser: Parser, token: Token) -> LiveRegionNode:
    """``{% live_region "a.topic" ["b.topic" ...] url %} now {% end_live_region %}``.

    ``url`` answers with the new inside, after its own access check. The page must load
    ``live/js/live.js``. Without JavaScript the part stays as it was.
    """
    arguments = token.split_contents()[1:]
    if len(arguments) < 2:
        raise template.TemplateSyntaxError("live_region takes one or more topics and a URL")
    body = parser.parse(("end_live_region",))
    parser.delete_first_token()
    return LiveRegionNode([parser.compile_filter(item) for item in arguments], body)


@register.simple_tag
def live_status() -> SafeString:
    """``{% live_status %}``: a line that shows itself while the page does not hear of events."""
    return format_html(
        '<p class="note" role="status" data-live-status hidden'
        ' data-reconnecting="{}" data-offline="{}"></p>',
        _("Reconnecting. What you see may be some seconds old."),
        _("No connection. What you see is not up to date."),
    )
