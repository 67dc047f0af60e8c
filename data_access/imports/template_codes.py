"""The codes that cells of a template may hold, each with its name: what the drop-down lists of a template offer."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale
from sqlalchemy import Connection, select

from data_access.imports.activity_cells import EXTERNAL
from data_access.imports.cells import CURRENCIES
from data_access.imports.references import DIMENSIONS
from data_access.tables import Country, Department
from vocabulary.activity_types import ACTIVITY_TYPES, PROCESSES, TARGETS
from vocabulary.declarations import BETTER, COUNTED, UNITS
from vocabulary.departments import DISCIPLINES, KINDS
from vocabulary.goals import KINDS_OF_VALUES, PATHS
from vocabulary.people import GROUPS, LEVELS, POPULATIONS
from vocabulary.text import Text

Names = Mapping[str, Text]
SEVERAL = frozenset(  # columns whose cells may hold more than one code: the list helps, and does not bind
    {
        *("departments", "countries", "activity_types", "populations", "groups", "conditions"),
        *("per_activity_types", "per_populations", "per_groups", "per_conditions", "lead"),
    }
)
OPEN = frozenset({"parent_code", "discipline"})  # others than those listed may stand there, too
_EXTERNAL = {EXTERNAL: Text("a partner leads", "連携先が主担当")}
_TYPES = {code: kind.name for code, kind in ACTIVITY_TYPES.items()}


@dataclass(frozen=True, kw_only=True)
class Codes:
    """What a database and a catalogue know of codes when a template is made."""

    departments: Names  # in the university's own order, `*` first
    countries: Names
    indicators: Names
    conditions: Names

    def of(self, kind: str, column: str) -> Names:
        """The codes of one column, each with its name; nothing for a column that holds no codes."""
        name = column.removeprefix("per_")
        if kind == "departments":
            return {"kind": KINDS, "discipline": DISCIPLINES, "parent_code": self.departments}.get(name, {})
        lists: dict[str, Names] = {
            "activity_type": _TYPES,
            "activity_types": _TYPES,
            "department": self.departments,
            "departments": self.departments,
            "lead": {**_EXTERNAL, **self.departments},
            **dict.fromkeys(("country", "countries", "country_a", "country_b"), self.countries),
            "indicator": self.indicators,
            "conditions": self.conditions,
            "level": LEVELS,
            **dict.fromkeys(("population", "populations"), POPULATIONS),
            **dict.fromkeys(("group", "groups"), GROUPS),
            "currency": currency_names(),
            "kind": KINDS_OF_VALUES,
            "path": PATHS,
            "target": TARGETS,
            "process": PROCESSES,
            "unit": UNITS,
            "better": BETTER,
            "counts": COUNTED,
            "dimension": DIMENSIONS,
        }
        return lists.get(name, {})


def codes_of(connection: Connection, *, indicators: Names, conditions: Names) -> Codes:
    """The codes that hold in a database at this moment, with those of the catalogue that are told."""
    one = Department
    departments = connection.execute(select(one.code, one.name_en, one.name_ja).order_by(one.position, one.code))
    countries = connection.execute(select(Country.code, Country.name_en, Country.name_ja).order_by(Country.code))
    return Codes(
        departments={code: Text(*names) for code, *names in departments},
        countries={code: Text(*names) for code, *names in countries},
        indicators=indicators,
        conditions=conditions,
    )


def currency_names() -> Names:
    """Every currency that is accepted, the yen first."""
    en, ja = (Locale(language).currencies for language in ("en", "ja"))
    return {code: Text(en.get(code, code), ja.get(code, code)) for code in ["JPY", *sorted(CURRENCIES - {"JPY"})]}
