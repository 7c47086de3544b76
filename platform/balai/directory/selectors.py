"""Read the directory: trees without a query per row, choices for forms, neighbours."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from balai.directory.models import Agency, Area, BoundaryImport, OfficeHolder

Choice = tuple[str, str]
Grouped = tuple[str, list[Choice]]

INDENT = "\N{EM SPACE}"


@dataclass(frozen=True, slots=True)
class Node:
    """An agency at its place in the tree; ``depth`` is 0 at the top."""

    agency: Agency
    depth: int
    children: int


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan, how many villages it has, and how many of those have a boundary."""

    area: Area
    villages: int
    drawn: int


def agency(code: str) -> Agency:
    """Return the agency with this code. Raises Agency.DoesNotExist."""
    return Agency.objects.select_related("parent", "area").defer("area__boundary").get(code=code)


def agency_tree(*, active: bool | None = None, kinds: Iterable[str] = ()) -> list[Node]:
    """Return the agencies in the order of a printed organisation chart (1 query).

    An agency whose parent is filtered away stands at the top.

    Args:
        active: only those in service (True) or only closed ones (False).
        kinds: only these kinds.
    """
    found = Agency.objects.order_by("kind", "name")
    if active is not None:
        found = found.filter(active=active)
    if kinds:
        found = found.filter(kind__in=kinds)
    return _nodes(sorted(found, key=lambda entry: (KIND_ORDER[entry.kind], entry.name)))


KIND_ORDER = {kind: place for place, kind in enumerate(Agency.Kind.values)}


def _nodes(agencies: Sequence[Agency]) -> list[Node]:
    present = {entry.pk for entry in agencies}
    below: dict[int | None, list[Agency]] = defaultdict(list)
    for entry in agencies:
        below[entry.parent_id if entry.parent_id in present else None].append(entry)
    nodes: list[Node] = []
    todo = [(entry, 0) for entry in reversed(below[None])]
    while todo:
        entry, depth = todo.pop()
        children = below[entry.pk]
        nodes.append(Node(entry, depth, len(children)))
        todo += [(child, depth + 1) for child in reversed(children)]
    return nodes


def search_agencies(words: str) -> QuerySet[Agency]:
    """Return the agencies, closed ones too, whose name, short name or code has all ``words``."""
    found = Agency.objects.select_related("parent").order_by("-active", "name")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__icontains=word)
        )
    return found


def with_sub_agencies(ids: Iterable[int]) -> frozenset[int]:
    """Return ``ids`` and the ids of everything beneath them (1 query)."""
    below: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Agency.objects.filter(parent__isnull=False).values_list("id", "parent_id"):
        below[parent].append(pk)
    reached: set[int] = set()
    todo = list(ids)
    while todo:
        pk = todo.pop()
        if pk not in reached:
            reached.add(pk)
            todo += below[pk]
    return frozenset(reached)


def open_below(agency: Agency) -> int:
    """Return how many agencies directly beneath this one are in service."""
    return Agency.objects.filter(parent=agency, active=True).count()


def agencies_for_select(*, kinds: Iterable[str] = ()) -> list[Choice]:
    """Return (id, name) of the agencies in service, indented by depth (1 query)."""
    return [
        (str(node.agency.pk), INDENT * node.depth + node.agency.name)
        for node in agency_tree(active=True, kinds=kinds)
    ]


def districts() -> list[District]:
    """Return the kecamatan by name, boundaries included, with their villages counted (1 query)."""
    found = Area.objects.filter(kind=Area.Kind.DISTRICT).annotate(
        villages=Count("children"),
        drawn=Count("children", filter=Q(children__boundary__isnull=False)),
    )
    return [District(row, row.villages, row.drawn) for row in found.order_by("name")]


def areas_for_select(*, with_districts: bool = False) -> list[Grouped]:
    """Return (kecamatan, [(village id, village), ...]) for a grouped select (1 query).

    Args:
        with_districts: begin each group with the kecamatan itself.
    """
    groups: dict[int, Grouped] = {}
    rows = list(
        Area.objects.order_by("name").values_list("id", "kind", "code", "name", "parent_id")
    )
    for pk, kind, code, name, _parent in rows:
        if kind == Area.Kind.DISTRICT:
            own = [(str(pk), Area(kind=kind, code=code, name=name).label)] if with_districts else []
            groups[pk] = (name, own)
    for pk, kind, _code, name, parent in rows:
        if kind == Area.Kind.VILLAGE and parent in groups:
            groups[parent][1].append((str(pk), name))
    return list(groups.values())


def area(code: str) -> Area:
    """Return the area with this code, with its boundary. Raises Area.DoesNotExist."""
    return Area.objects.select_related("parent").get(code=code)


def villages_of(district: Area) -> QuerySet[Area]:
    """Return a kecamatan's villages by name."""
    return Area.objects.filter(parent=district).order_by("name")


def latest_import() -> BoundaryImport | None:
    """Return the boundary upload that is in use and can be undone, without its geometries."""
    return (
        BoundaryImport.objects.defer("features", "previous")
        .filter(state=BoundaryImport.State.APPLIED)
        .first()
    )


def office_holders() -> list[OfficeHolder]:
    """Return all office-holders, the region's own leaders first, then by agency (1 query)."""
    found = OfficeHolder.objects.select_related("agency")
    return sorted(found, key=lambda h: (h.agency is not None, str(h.agency or ""), h.pk))
