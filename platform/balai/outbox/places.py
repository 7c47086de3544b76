"""Where events may wait."""

from balai import context, tasks


def everywhere() -> dict[str, context.Context]:
    """Return the platform and every region that can be written to, by schema."""
    found: dict[str, context.Context] = {context.SHARED_SCHEMA: context.PLATFORM}
    return found | {region.schema: region for region in tasks.regions() if not region.moving}
