"""What the platform remembers of openings, releases, plans and going live (shared schema)."""

from provisioning.models.backup import Backup, BackupCause, Restore, RestoreState
from provisioning.models.claim import Claim
from provisioning.models.erasure import Erasure
from provisioning.models.export import Export, ExportState
from provisioning.models.golive import Attestation, GoLiveRequest, LegalBasis
from provisioning.models.life import Dues, Ending, EndingCause, LifeNotice, StateChange
from provisioning.models.opening import Opening, OpeningState, Step, StepState
from provisioning.models.own_domain import OwnDomain
from provisioning.models.plan import Plan
from provisioning.models.release import Release, UpgradePlan

__all__ = [
    "Attestation",
    "Backup",
    "BackupCause",
    "Claim",
    "Dues",
    "Ending",
    "EndingCause",
    "Erasure",
    "Export",
    "ExportState",
    "GoLiveRequest",
    "LegalBasis",
    "LifeNotice",
    "Opening",
    "OpeningState",
    "OwnDomain",
    "Plan",
    "Release",
    "Restore",
    "RestoreState",
    "StateChange",
    "Step",
    "StepState",
    "UpgradePlan",
]
