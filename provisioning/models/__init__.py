"""What the platform remembers of openings, releases, plans and going live (shared schema)."""

from provisioning.models.claim import Claim
from provisioning.models.golive import Attestation, GoLiveRequest, LegalBasis
from provisioning.models.life import Dues, Ending, EndingCause, LifeNotice, StateChange
from provisioning.models.opening import Opening, OpeningState, Step, StepState
from provisioning.models.own_domain import OwnDomain
from provisioning.models.plan import Plan
from provisioning.models.release import Release, UpgradePlan

__all__ = [
    "Attestation",
    "Claim",
    "Dues",
    "Ending",
    "EndingCause",
    "GoLiveRequest",
    "LegalBasis",
    "LifeNotice",
    "Opening",
    "OpeningState",
    "OwnDomain",
    "Plan",
    "Release",
    "StateChange",
    "Step",
    "StepState",
    "UpgradePlan",
]
