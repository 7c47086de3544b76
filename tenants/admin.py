"""The operators' pages of the directory. Regions are opened and closed by provisioning."""

from django.contrib import admin
from django.http import HttpRequest

from tenants.models import Cell, Domain, ModuleSwitch, Region, RetiredName


class DomainInline(admin.TabularInline):
    """The host names of a region."""

    model = Domain
    extra = 0


class SwitchInline(admin.TabularInline):
    """What the plan allows. Switching is the region's own affair, and audited there."""

    model = ModuleSwitch
    extra = 0
    fields = ("slug", "allowed", "enabled")
    readonly_fields = ("slug", "enabled")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Rows come with the modules, not by hand."""
        return False


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    """Look a region up; its state changes through its life cycle only."""

    list_display = ("name", "slug", "code", "state", "cell", "created_at")
    list_filter = ("state", "kind", "cell", "province")
    search_fields = ("name", "slug", "code")
    fields = ("name", "slug", "code", "kind", "province", "timezone", "state", "sandbox_until",
              "cell", "moving_since")  # fmt: skip
    readonly_fields = ("slug", "code", "kind", "province", "state", "cell", "moving_since")
    inlines = (DomainInline, SwitchInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A region is opened by the wizard or ``balai region open``."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        """Nothing is deleted from here."""
        return False


@admin.register(RetiredName)
class RetiredNameAdmin(admin.ModelAdmin):
    """Names held back after a region closed."""

    list_display = ("name", "kind", "retired_at", "free_after")
    search_fields = ("name",)


@admin.register(Cell)
class CellAdmin(admin.ModelAdmin):
    """The databases. They are added and closed by ``balai cell``, which looks at them first."""

    list_display = ("name", "is_open", "capacity", "note")
    fields = ("name", "capacity", "is_open", "note")
    readonly_fields = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A database is looked at before it is a cell: ``balai cell add``."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Cell | None = None) -> bool:
        """A cell is closed, not deleted."""
        return False
