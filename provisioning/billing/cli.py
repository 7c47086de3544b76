"""``balai billing replay|sync-prices|round``."""

from datetime import timedelta
from typing import Annotated

import typer

from balai.audit.actor import acting_as
from balai.cli.output import fail, say
from balai.context import platform

billing_app = typer.Typer(help="Plans, invoices, Stripe.", no_args_is_help=True)


@billing_app.command()
def replay(
    days: Annotated[int, typer.Option(min=1, max=90, help="How far back.")] = 3,
) -> None:
    """Act again on all Stripe events of the last days; nothing is done twice."""
    from provisioning.billing import inbox
    from provisioning.models import EventState, StripeEvent

    _need_key()
    with platform(), acting_as("command line"):
        count = inbox.replay(since=timedelta(days=days))
        left = StripeEvent.objects.exclude(state=EventState.DONE).count()
    say(f"{count} events replayed, {left} not done.")
    if left:
        raise typer.Exit(1)


@billing_app.command("sync-prices")
def sync_prices() -> None:
    """Make Stripe's products and prices equal to the plans."""
    from provisioning.billing import gateway, prices

    _need_key()
    with platform():
        try:
            count = prices.sync_all()
        except gateway.GatewayError as error:
            raise fail(f"Stripe: {error}", "Check STRIPE_API_KEY and the network.") from error
    say(f"{count} plans have a price at Stripe.")


@billing_app.command("round")
def go_round() -> None:
    """Do the daily round now: renewals, modules, what is owed, and letters."""
    from provisioning.billing import tasks

    with platform():
        count = tasks.daily_round()
    say(f"The round is under way; {count} letters are on their way.")


def _need_key() -> None:
    from provisioning.billing import gateway

    if not gateway.configured():
        raise fail("No Stripe key is set.", "Set STRIPE_API_KEY; see docs/billing.md.")
