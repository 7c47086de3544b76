"""Open pages that hear of events; in templates it is ``{% load live %}{% live_region ... %}``."""

from balai.live.announce import announce
from balai.live.policies import topic_policy
from balai.live.tokens import token_for

__all__ = ["announce", "token_for", "topic_policy"]
