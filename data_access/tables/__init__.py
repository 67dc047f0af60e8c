"""The tables of the monitor, one class a table; each says what one row is and who may see it.

`visible_to(scope)` is the one rule of visibility: `records.Records` adds it to every read, and a table
without it cannot be read. Codes that the world knows (department, country, activity type, indicator) are
stored as such; `*` is the university itself.
"""

from data_access.tables.access import Account, Grant, SignIn, Viewing
from data_access.tables.activities import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityLink,
    ActivityPartner,
    ActivityPerson,
    ActivitySdg,
)
from data_access.tables.audit import AuditAnchor, AuditEvent, ErasedPerson
from data_access.tables.base import STRICT, ClosedTable, OfficeTable, PublicTable, Table
from data_access.tables.headings import RememberedHeading
from data_access.tables.imports import Import, ImportRemark, State, Version
from data_access.tables.partner_names import PartnerDecision, SamePartner
from data_access.tables.plans import AffiliationPattern, Annotation, DeclaredIndicator, Goal, Rate, ReferenceRate
from data_access.tables.university import Country, Department, JointPapers, Partner, Person, Population

__all__ = [
    "STRICT",
    "Account",
    "Activity",
    "ActivityCountry",
    "ActivityDepartment",
    "ActivityLink",
    "ActivityPartner",
    "ActivityPerson",
    "ActivitySdg",
    "AffiliationPattern",
    "Annotation",
    "AuditAnchor",
    "AuditEvent",
    "ClosedTable",
    "Country",
    "DeclaredIndicator",
    "Department",
    "ErasedPerson",
    "Goal",
    "Grant",
    "Import",
    "ImportRemark",
    "JointPapers",
    "OfficeTable",
    "Partner",
    "PartnerDecision",
    "Person",
    "Population",
    "PublicTable",
    "Rate",
    "ReferenceRate",
    "RememberedHeading",
    "SamePartner",
    "SignIn",
    "State",
    "Table",
    "Version",
    "Viewing",
]
