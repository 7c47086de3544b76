"""Who may listen to which topic: rules by prefix, and nobody where there is none."""

from collections.abc import Callable
from typing import Any

TopicRule = Callable[[Any, str], bool]
_rules: dict[str, TopicRule] = {}


def topic_policy(prefix: str, rule: TopicRule) -> None:
    """Register who may listen to topics that begin with ``prefix`` ("complaints.").

    Args:
        rule: called with the user (perhaps anonymous) and the topic.

    Raises:
        ValueError: when the prefix has a rule already.
    """
    if _rules.get(prefix, rule) is not rule:
        raise ValueError(f"topics under {prefix!r} have a policy already")
    _rules[prefix] = rule


def rule_for(topic: str) -> TopicRule | None:
    """Return the rule with the longest prefix that fits, or None."""
    fitting = [prefix for prefix in _rules if topic.startswith(prefix)]
    return _rules[max(fitting, key=len)] if fitting else None
