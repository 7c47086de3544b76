"""May this visitor hear of this topic?"""

from django.http import HttpRequest

from balai.live import policies
from balai.modules import registry
from balai.modules.widgets import Widget


def may_hear(request: HttpRequest, topic: str) -> bool:
    """Tell whether a rule, or a widget the visitor may see, lets them hear ``topic``.

    Events of a module that the region has switched off are heard by nobody.
    """
    if registry.is_off(topic.partition(".")[0]):
        return False
    user = getattr(request, "user", None)
    rule = policies.rule_for(topic)
    if rule is not None and rule(user, topic):
        return True
    return any(_may_see(widget, request) for widget in Widget.subclasses if topic in widget.topics)


def _may_see(widget: type[Widget], request: HttpRequest) -> bool:
    if registry.is_off(registry.owner_of(widget)):
        return False
    user = getattr(request, "user", None)
    return not widget.permission or (user is not None and user.has_perm(widget.permission))
