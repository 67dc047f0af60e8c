"""The strata that a figure is split into: by level, field, kind of department, kind of partner, type of activity."""

from collections.abc import Mapping
from typing import Literal, get_args

from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import DISCIPLINES, KIND_GROUPS
from vocabulary.partner_types import PARTNER_TYPES
from vocabulary.people import LEVELS
from vocabulary.text import Text

Stratification = Literal["level", "field", "kind", "department", "partner", "activity_type"]
STRATIFICATIONS: tuple[Stratification, ...] = get_args(Stratification)
UNKNOWN, SEVERAL = "", "several"  # what the records do not say; what belongs to more than one
NAMES: dict[Stratification, Text] = {
    "level": Text("levels", "課程・職位"),
    "field": Text("fields", "分野"),
    "kind": Text("kinds of departments", "部局の種類"),
    "department": Text("departments", "部局"),
    "partner": Text("kinds of partners", "連携先の種類"),
    "activity_type": Text("types of activity", "活動の種類"),
}
STRATA: dict[Stratification, Mapping[str, Text]] = {  # departments are data; fields and kinds may be others, too
    "level": LEVELS,
    "field": DISCIPLINES,
    "kind": KIND_GROUPS,
    "partner": PARTNER_TYPES,
    "activity_type": {code: kind.name for code, kind in ACTIVITY_TYPES.items()},
}
OPEN: tuple[Stratification, ...] = ("field", "kind")  # a word that is not known is shown as it was written
