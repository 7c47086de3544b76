"""The links of letters to followers: confirm, stop. Opening one changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balai import signing
from balai.notify import subscriptions


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, then begin: mail scanners open links, people press buttons."""
    try:
        signing.loads(token, salt=subscriptions.CONFIRM, max_age=subscriptions.CONFIRM_AGE)
        if request.method != "POST":
            page = {
                "question": _("Do you want to get news by e-mail?"),
                "stays": _("Every message has a link that ends them again."),
                "yes": _("Yes, send me news"), "no": _("No"), "back": "/",
            }  # fmt: skip
            return render(request, "balai/confirm.html", page)
        found = subscriptions.confirm(token)
    except signing.SignatureExpired:
        return _old(request)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    done = {"kind": "begun" if found else "ended"}
    return render(request, "notify/done.html", done)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription; mail programs do it with one POST (RFC 8058).

    The token is the right to do it, so a form of another site gains nothing here.
    """
    try:
        signing.loads(token, salt=subscriptions.STOP, max_age=subscriptions.STOP_AGE)
        if request.method != "POST":
            page = {
                "question": _("Do you want no more news of this?"),
                "stops": _("Messages about this one thing."),
                "stays": _("What you follow besides, and your own reports."),
                "yes": _("Yes, no more news"), "no": _("Keep sending"), "back": "/",
            }  # fmt: skip
            return render(request, "balai/confirm.html", page)
        subscriptions.unfollow(token)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    return render(request, "notify/done.html", {"kind": "ended"})


def _old(request: HttpRequest) -> HttpResponse:
    return render(request, "notify/done.html", {"kind": "old"}, status=410)
