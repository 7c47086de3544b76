"""The operators' plain tables of the directory. Nothing is changed here: names, states and
switches have services of their own, which look first and keep a line in the audit log.
"""

from django.contrib import admin

from balai.accounts.admin import ReadOnly
from tenants.models import Cell, Domain, ModuleSwitch, Region, RetiredName


class DomainInline(admin.TabularInline):
    """The host names of a region. It adds and proves its own in its console."""

    model = Domain
    extra = 0
    fields = ("domain", "kind", "is_primary", "verified_at")


class SwitchInline(admin.TabularInline):
    """What the plan allows and the region uses; orders and its console change it."""

    model = ModuleSwitch
    extra = 0
    fields = ("slug", "allowed", "enabled")


@admin.register(Region)
class RegionAdmin(ReadOnly):
    """Regions. They are opened by the wizard or ``balai region open``, and led at /operations/."""

    list_display = ("name", "slug", "code", "state", "cell", "created_at")
    list_filter = ("state", "kind", "cell", "province")
    search_fields = ("name", "slug", "code")
    fields = ("name", "slug", "code", "kind", "province", "timezone", "state", "sandbox_until",
              "cell", "moving_since")  # fmt: skip
    inlines = (DomainInline, SwitchInline)


@admin.register(RetiredName)
class RetiredNameAdmin(ReadOnly):
    """Names held back after a region closed; they come free by themselves."""

    list_display = ("name", "kind", "retired_at", "free_after")
    search_fields = ("name",)


@admin.register(Cell)
class CellAdmin(ReadOnly):
    """The databases. ``balai cell`` looks at them first and adds, closes and widens them."""

    list_display = ("name", "is_open", "capacity", "note")
    fields = ("name", "capacity", "is_open", "note")
