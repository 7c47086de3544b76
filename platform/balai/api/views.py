"""The API's description, for machines and for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balai.api import application, reference

api = application.build()


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """Send the OpenAPI 3.1 description of what this region offers."""
    return JsonResponse(application.schema_for(api, request))


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the same as a page."""
    schema = application.schema_for(api, request)
    return render(request, "api/docs.html", {"groups": reference.groups(schema)})
