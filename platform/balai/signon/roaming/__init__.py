"""One sign-in for people who work in several regions: on the platform, by OpenID Connect.

The platform is the provider, each region a client of its own. Who may come, in which role and
until when is the *region's* word: it hands a pass out, keeps it, and decides by its own copy. The
platform's copy only lets the person find the way. docs/sign-on.md, ADR 11.
"""

from balai.signon.roaming.coming import Person, begin, finish, let_in, regions_url
from balai.signon.roaming.exchange import NotProven
from balai.signon.roaming.passes import Pass, publish

__all__ = [
    "NotProven", "Pass", "Person", "begin", "finish", "let_in", "publish", "regions_url",
]  # fmt: skip
