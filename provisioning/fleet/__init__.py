"""The fleet: plan an upgrade once, apply it in every region, see who is where."""

from provisioning.fleet.runner import Outcome, upgrade
from provisioning.fleet.survey import Report, status

__all__ = ["Outcome", "Report", "status", "upgrade"]
