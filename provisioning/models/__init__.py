"""What the platform remembers of openings, releases, plans and going live (shared schema)."""

from provisioning.models.claim import Claim
from provisioning.models.golive import Attestation, GoLiveRequest, LegalBasis
from provisioning.models.move import MoveState, RegionMove
from provisioning.models.opening import Opening, OpeningState, Step, StepState
from provisioning.models.plan import Plan
from provisioning.models.release import Release, UpgradePlan

__all__ = [
    "Attestation",
    "Claim",
    "GoLiveRequest",
    "LegalBasis",
    "MoveState",
    "Opening",
    "OpeningState",
    "Plan",
    "RegionMove",
    "Release",
    "Step",
    "StepState",
    "UpgradePlan",
]
