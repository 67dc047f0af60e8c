"""What the store knows when a file is checked: departments, countries, partners, patterns, indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select

from data_access.imports.told import Told
from data_access.partner_names.meaning import PartnerNames, held_decisions
from data_access.partners import Organization, Registry
from data_access.tables import AffiliationPattern, Country, DeclaredIndicator, Department, State
from vocabulary.declarations import RATIOS
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

HOME_ROR = "https://ror.org/01dq60k83"  # Tohoku University


@dataclass(frozen=True, kw_only=True)
class Known:
    """What cells are checked against. `indicators`: key -> whether its value is a share between 0 and 1.

    `declared`: key of an indicator that a department declared -> the departments that have its figure; `conditions`:
    name of a condition on activities -> the conditions that it implies.
    """

    departments: Mapping[str, Text]  # code -> name
    lives: Mapping[str, tuple[date, date]]  # first and last day of each department that opened or closed
    countries: frozenset[str]
    country_names: Mapping[str, str]  # name in small letters -> code, for suggestions only
    patterns: tuple[tuple[str, str], ...]  # part of an affiliation in small letters, department
    indicators: Mapping[str, bool]
    indicator_names: Mapping[str, Text]  # key -> name, for suggestions only
    declared: Mapping[str, frozenset[str]]
    conditions: Mapping[str, frozenset[str]]
    registry: Registry
    partner_names: PartnerNames
    source: str  # the import's own name
    today: date
    home_ror: str = HOME_ROR
    home_given: bool = False  # whether this attempt says it
    department: str = ""  # where records of a database go that name none of ours; empty: the university
    followed: dict[str, str] = field(default_factory=dict)  # id of a partner -> the withdrawn one that the file wrote
    partners: dict[str, Organization] = field(default_factory=dict)  # as they are written -> what that means
    persons: set[str] = field(default_factory=set)  # ids of persons that were looked at, and are such
    told_of: set[tuple[str, str]] = field(default_factory=set)  # partners (id or name, country) that have their notice
    plain: set[tuple[str, str]] = field(default_factory=set)  # those of whom there is nothing to tell


def known_to(connection: Connection, told: Told, *, registry: Registry, source: str) -> Known:
    """What the database knows at this moment. The university's own id: the one given, else as kept, else ours."""
    countries = connection.execute(select(Country.code, Country.name_en, Country.name_ja)).all()
    columns = (Department.code, Department.name_en, Department.name_ja, Department.opened, Department.closed)
    departments = connection.execute(select(*columns)).all()
    parents = {
        str(code): parent for code, parent in connection.execute(select(Department.code, Department.parent_code))
    }
    own = DeclaredIndicator
    columns_of_own = (own.key, own.department, own.unit, own.name_en, own.name_ja)
    declared = connection.execute(select(*columns_of_own).where(own.visible_to(told.scope))).all()
    patterns = connection.execute(select(AffiliationPattern.pattern, AffiliationPattern.department)).all()
    kept = connection.scalar(select(State.value).where(State.name == "home_ror"))
    return Known(
        departments={code: Text(name_en, name_ja) for code, name_en, name_ja, _, _ in departments},
        lives={
            code: (opened or date.min, closed or date.max)
            for code, _, _, opened, closed in departments
            if opened or closed
        },
        countries=frozenset(code for code, _, _ in countries),
        country_names={name.casefold(): code for code, *names in countries for name in names},
        patterns=tuple((pattern.casefold(), department) for pattern, department in patterns),
        indicators={key: unit in RATIOS for key, _, unit, _, _ in declared} | dict(told.indicators),
        indicator_names={key: Text(*names) for key, _, _, *names in declared} | dict(told.indicator_names),
        declared={key: _below(owner, parents) for key, owner, _, _, _ in declared if key not in told.indicators},
        conditions=told.conditions,
        registry=registry,
        partner_names=PartnerNames(registry, held_decisions(connection)),
        source=source,
        today=datetime.now(UTC).date(),
        home_ror=(kept or HOME_ROR) if told.home_ror is None else told.home_ror,
        home_given=told.home_ror is not None,
        department=told.department,
    )


def _below(department: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """A department and all below it; a department without a parent lies below the university."""
    found = {department}
    while more := {code for code, parent in parents.items() if (parent or UNIVERSITY) in found} - found:
        found |= more
    return frozenset(found)
