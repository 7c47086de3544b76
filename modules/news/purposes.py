"""Why articles name people (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="news.articles",
        label=_("Who wrote news and took pictures"),
        text=_("Two people answer for what the region publishes; pictures name their maker."),
        basis=Basis.PUBLIC,
        law="UU 14/2008; UU 28/2014",
        data=(_("Author, editor, photographer"),),
        models=(
            "news.Article",
            "news.Revision",
            "news.Picture",
        ),
        retention=_("As long as the article"),
    ),
)
