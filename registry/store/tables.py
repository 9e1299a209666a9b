"""All tables, in one place to import them from; `metadata` is complete once this module is loaded."""

from .base import Base
from .contracts import ContentRow, ContractRow, ElementRow, VersionFileRow, VersionRow
from .identity import GrantRow, IdentityRow, LinkRow, PersonRow, SessionRow, TokenRow
from .parties import (
    ConsumerRow,
    CredentialRow,
    DeploymentRow,
    DomainRow,
    EnvironmentRow,
    PlanRow,
    SubscriptionRow,
    SystemRow,
    TeamRow,
)
from .records import AuditRow, BundleRow, HeadRow
from .reports import DiffReportRow, GateRunRow, LintReportRow
from .traffic import BatchRow, CallsRow, ShadowRow, UseRow, ViolationRow
from .waivers import WaiverRow

metadata = Base.metadata

__all__ = [
    "AuditRow",
    "BatchRow",
    "BundleRow",
    "CallsRow",
    "ConsumerRow",
    "ContentRow",
    "ContractRow",
    "CredentialRow",
    "DeploymentRow",
    "DiffReportRow",
    "DomainRow",
    "ElementRow",
    "EnvironmentRow",
    "GateRunRow",
    "GrantRow",
    "HeadRow",
    "IdentityRow",
    "LinkRow",
    "LintReportRow",
    "PersonRow",
    "PlanRow",
    "SessionRow",
    "ShadowRow",
    "SubscriptionRow",
    "SystemRow",
    "TeamRow",
    "TokenRow",
    "UseRow",
    "VersionFileRow",
    "VersionRow",
    "ViolationRow",
    "WaiverRow",
    "metadata",
]
