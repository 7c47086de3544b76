"""Send a browser on to an app by a page of our own instead of a redirect.

Our Content Security Policy says ``form-action 'self'``, and browsers hold every redirect after a
form against it: signing in, agreeing and signing out are forms. A page that leads on needs no hole
in the policy for the app's address, nor for the ones behind it that we cannot know.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.accounts.signin_links import base_url

FOUND = 302


def came_from_a_form(request: HttpRequest) -> bool:
    """Tell whether the request may be the end of one of our own forms.

    ``Sec-Fetch-Site`` (Fetch Metadata) says it in every browser since 2023; older ones send a
    Referer within the site. A visit that comes from an app says "cross-site".
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Referer", "").startswith(f"{base_url()}/")


def onward(request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
    """Return ``response``, or a page that leads where it redirects to, where a form came before.

    Args:
        name: of the app, for the one whose browser does not go on by itself.
    """
    target = response.headers.get("Location", "")
    outside = target.startswith(("http://", "https://"))
    if response.status_code != FOUND or not outside:
        return response
    if request.method != "POST" and not came_from_a_form(request):
        return response
    page = render(request, "signon/onward.html", {"target": target, "name": name})
    page.headers["Cache-Control"] = "no-store"
    return page
