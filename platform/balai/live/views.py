"""Hand out tickets for topics the visitor may hear."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.live import access
from balai.live.tokens import MAX_TOPICS, token_for


@never_cache
@require_safe
def live_token(request: HttpRequest) -> JsonResponse:
    """Return a token for those of ``?topic=...&topic=...`` that the visitor may hear.

    403 when that is none of them. The token is valid for 60 s, here only.
    """
    asked = dict.fromkeys(request.GET.getlist("topic")[:MAX_TOPICS])
    topics = [topic for topic in asked if access.may_hear(request, topic)]
    if not topics:
        return JsonResponse({"topics": []}, status=403)
    return JsonResponse({"token": token_for(topics, host=request.get_host()), "topics": topics})
