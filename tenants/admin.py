"""The operators' pages of the directory. Regions are opened and closed by provisioning."""

from django.contrib import admin
from django.http import HttpRequest

from tenants.models import Domain, ModuleSwitch, Region, RetiredName


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

    list_display = ("name", "slug", "code", "state", "created_at")
    list_filter = ("state", "kind", "province")
    search_fields = ("name", "slug", "code")
    fields = ("name", "slug", "code", "kind", "province", "timezone", "state", "sandbox_until")
    readonly_fields = ("slug", "code", "kind", "province", "state")
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
