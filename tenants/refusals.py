"""Why a module is not switched, in words for the admin who tried."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from balai.modules import registry
from balai.modules.manifest import Module


class SwitchRefusedError(Exception):
    """A switch that was not made; ``str()`` is a sentence for the admin."""


class UnknownModuleError(SwitchRefusedError):
    """No module of this name is installed."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("There is no module called %(slug)s.") % {"slug": slug})


class NotInPlanError(SwitchRefusedError):
    """The region's plan does not include the module."""

    def __init__(self, module: Module) -> None:
        super().__init__(
            _("%(module)s is not part of your plan.") % {"module": registry.label(module)}
        )


class RequirementError(SwitchRefusedError):
    """Other modules must be switched on first, or off; ``modules`` says which."""

    def __init__(self, module: Module, others: Sequence[Module], *, enabled: bool) -> None:
        self.modules = tuple(others)
        names: list[str] = [str(registry.label(other)) for other in others]
        words = {"module": registry.label(module), "others": get_text_list(names, _("and"))}
        text = _("%(module)s needs %(others)s.") if enabled else _("%(others)s needs %(module)s.")
        super().__init__(text % words)
