"""What the platform remembers of openings, releases, plans and going live (shared schema)."""

from provisioning.models.access import PartnerAccess
from provisioning.models.backup import Backup, BackupCause, Restore, RestoreState
from provisioning.models.billing import (
    BillingAccount,
    EventState,
    Invoice,
    InvoiceKind,
    InvoiceState,
    PaidBy,
    StripeEvent,
)
from provisioning.models.claim import Claim
from provisioning.models.entry import Entry, EntryState
from provisioning.models.erasure import Erasure
from provisioning.models.export import Export, ExportState
from provisioning.models.golive import Attestation, GoLiveRequest, LegalBasis
from provisioning.models.life import Dues, Ending, EndingCause, LifeNotice, StateChange
from provisioning.models.move import MoveState, RegionMove
from provisioning.models.opening import Opening, OpeningState, Step, StepState
from provisioning.models.operators import (
    FailedTask,
    Maintenance,
    Post,
    Rank,
    RegionHealth,
    TaskState,
)
from provisioning.models.own_domain import OwnDomain
from provisioning.models.plan import Plan
from provisioning.models.release import Release, UpgradePlan
from provisioning.models.sharing import FigureConsent, SharedFigure

__all__ = [
    "Attestation",
    "BillingAccount",
    "Backup",
    "BackupCause",
    "Claim",
    "EventState",
    "Dues",
    "Ending",
    "EndingCause",
    "Entry",
    "EntryState",
    "FailedTask",
    "FigureConsent",
    "Erasure",
    "Export",
    "ExportState",
    "GoLiveRequest",
    "Invoice",
    "InvoiceKind",
    "InvoiceState",
    "LegalBasis",
    "LifeNotice",
    "Maintenance",
    "MoveState",
    "Opening",
    "OpeningState",
    "PartnerAccess",
    "PaidBy",
    "OwnDomain",
    "Plan",
    "Post",
    "Rank",
    "RegionHealth",
    "RegionMove",
    "Release",
    "SharedFigure",
    "Restore",
    "RestoreState",
    "StateChange",
    "Step",
    "StepState",
    "TaskState",
    "StripeEvent",
    "UpgradePlan",
]
