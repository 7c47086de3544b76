"""Everything a module author needs: ``from balai.modules import Module, NavItem, Widget``."""

from balai.modules.badges import Badge
from balai.modules.events import EventData, receiver
from balai.modules.manifest import Module, NavItem, OfflinePage, Permission
from balai.modules.tasks import module_task, periodic_module_task
from balai.modules.widgets import Widget

__all__ = [
    "Badge",
    "EventData",
    "Module",
    "NavItem",
    "OfflinePage",
    "Permission",
    "Widget",
    "module_task",
    "periodic_module_task",
    "receiver",
]
