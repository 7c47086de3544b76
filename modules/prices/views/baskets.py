"""The basket calculator: a plain form whose address can be passed on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modules.prices import basket
from modules.prices.selectors.board import board
from modules.prices.views.public import page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Work out what the amounts in the address cost in each market."""
    shown = board()
    context = page(request, shown)
    if shown:
        lines = [line for line in shown.lines if line.price is not None]
        varieties = [line.variety for line in lines]
        wanted = basket.amounts(request.GET, varieties)
        wrong = basket.refused(request.GET, varieties)
        fields = [
            (group, [
                (line, wanted.get(line.variety.pk), wrong.get(line.variety.pk))
                for line in rows if line.price
            ])
            for group, rows in shown.groups
        ]  # fmt: skip
        context |= {"fields": fields, "wrong": wrong, "basket": basket.fill(shown, wanted)}
    return render(request, "prices/basket.html", context)
