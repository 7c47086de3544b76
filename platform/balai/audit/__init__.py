"""The audit log: what was changed, by whom, in a chain that shows every tampering.

Usage, inside the transaction of the change and after it::

    from balai import audit
    audit.record(action="module.switched", target="jobs", before={"on": 0}, after={"on": 1})
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from balai.audit.chain import Broken
    from balai.audit.models import Entry

APPEND_ONLY = ("audit_entry", "privacy_consent")


def record(
    *,
    action: str,
    target: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> "Entry":
    """Append one entry to the active schema's chain, in the caller's transaction.

    Record last: the chain admits one writer a region at a time, from here until commit.

    Args:
        action: "<thing>.<past participle>", "module.switched".
        target: an opaque reference, never a person's name or address.
        before, after: the changed values only; personal ones are hidden before they are stored.
        reason: what the actor wrote to explain it.
    """
    from balai.audit import chain

    return chain.append(
        action=action, target=target, before=before or {}, after=after or {}, reason=reason
    )


def verify() -> "Broken | None":
    """Return the first entry of the active schema that was altered, removed or put in; or None."""
    from balai.audit import chain

    return chain.verify()
