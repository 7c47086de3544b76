"""The context in which a region's tables are made and changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from balai import context


@dataclass(frozen=True, slots=True)
class Migrating(context.Region):
    """A region seen by its tables' owner: DDL is allowed, other schemas are out of sight."""


@contextmanager
def migrating(
    region: context.Region | str, *, cell: str = context.MAIN_CELL
) -> Iterator[Migrating]:
    """Run a block as the owner of one region's tables (login role, the region's search_path).

    Args:
        region: the region, or the bare name of a schema that no region row names yet
            (the blueprint, a region being built).
        cell: where that schema is.
    """
    if isinstance(region, str):
        owner = Migrating(
            id=0, slug=region, schema=region, role="", name=region, code="", kind="",
            timezone="UTC", state="building", host="", cell=cell,
        )  # fmt: skip
    else:
        owner = Migrating(**{item.name: getattr(region, item.name) for item in fields(region)})
    token = context.activate(owner)
    try:
        yield owner
    finally:
        context.deactivate(token)
