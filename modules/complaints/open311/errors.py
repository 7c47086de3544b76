"""Errors of GeoReport v2: 404 for what does not exist, 403 for the key, 400 for all else.

Besides, 405 and 429 mean what they mean in HTTP. The body is a list of {code, description}.
"""

from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext as _

from modules.complaints.open311.rendering import Value, respond


class Problem(Exception):  # noqa: N818  # it is what is told
    """Raised anywhere below an endpoint: what is answered instead."""

    def __init__(self, status: int, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.status = status
        self.descriptions = descriptions


def bad(*descriptions: str) -> Problem:
    """Return a 400."""
    return Problem(HTTPStatus.BAD_REQUEST, *descriptions)


def missing(description: str) -> Problem:
    """Return a 404."""
    return Problem(HTTPStatus.NOT_FOUND, description)


def answer(form: str, problem: Problem) -> HttpResponse:
    """Return the problem in the format that was asked for."""
    rows: list[Value] = [
        {"code": int(problem.status), "description": text}
        for text in problem.descriptions or (_("The request cannot be fulfilled."),)
    ]
    return respond(form, "errors", rows, status=problem.status)
