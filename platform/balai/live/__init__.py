"""Open pages that hear of events: ``live.token_for``, ``live.topic_policy``, ``{% live_region %}``."""

from balai.live.policies import topic_policy
from balai.live.tokens import token_for

__all__ = ["token_for", "topic_policy"]
