"""The tables of personal data rights."""

from balai.privacy.models.breach import Breach
from balai.privacy.models.consent import Consent
from balai.privacy.models.hold import LegalHold
from balai.privacy.models.request import DataRequest

__all__ = ["Breach", "Consent", "DataRequest", "LegalHold"]
