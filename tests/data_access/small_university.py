"""A small university with rows in every table, each kind once for ENG and once for SCI.

university  *                      activity 1  ENG            (partner, country, person, SDG)
            ENG   SCI              activity 2  SCI            (partner, country, person, SDG)
            ENG-M (below ENG)      activity 3  ENG and SCI
"""

from datetime import date, datetime

from sqlalchemy import Engine, insert

from data_access import tables
from data_access.engine import as_whole

IMPORTED = {"import_id": 1, "file_row": 2}


def fill(engine: Engine) -> None:
    """Store the rows in a prepared database."""
    with engine.begin() as connection:
        as_whole(connection)
        for table, rows in ROWS.items():
            connection.execute(insert(table), rows)


def _activity(number: int, lead: str) -> dict[str, object]:
    """One activity; the first has every optional column filled, the others none."""
    return {
        "activity_id": number,
        "source": "test",
        "record_id": f"R{number}",
        "activity_type": "publication",
        "title": f"Activity {number}",
        "start_date": date(2025, 4, number),
        "end_date": date(2026, 3, 31) if number == 1 else None,
        "lead": lead,
        "people_count": 4 if number == 1 else None,
        "amount": 1_200_000.5 if number == 1 else None,
        "citation_percentile": 90.0 if number == 1 else None,
        "content_hash": str(number),
        **IMPORTED,
    }


def _department(code: str, parent: str) -> dict[str, object]:
    return {"code": code, "parent_code": parent, "name_en": code, "name_ja": code, "opened": date(1907, 6, 22)}


def _headcount(department: str, count: int) -> dict[str, object]:
    day = date(2025, 5, 1)
    return {"department": department, "as_of": day, "population": "master", "group": "all", "count": count, **IMPORTED}


def _goal(department: str) -> dict[str, object]:
    key = {"indicator": "publications", "department": department, "fiscal_year": 2030, "kind": "target"}
    return {**key, "value": 100.0, **IMPORTED}


def _declaration(department: str) -> dict[str, object]:
    said = dict.fromkeys(("name_en", "name_ja", "definition_en", "definition_ja"), f"Papers of {department}")
    place = {"target": "research", "process": "deepening", "unit": "count", "better": "higher", "source": "own"}
    counted = {"since": 2020 if department == "ENG" else None, "counts": "activities", "activity_types": "publication"}
    key = f"papers_{department.lower().replace('*', 'all')}"
    return {"key": key, "department": department, **said, **place, **counted, **IMPORTED}


ROWS: dict[type[tables.Table], list[dict[str, object]]] = {
    tables.Department: [_department("ENG", "*"), _department("SCI", "*"), _department("ENG-M", "ENG")],
    tables.Import: [
        {
            "import_id": 1,
            "kind": "activities",
            "file_name": "activities.csv",
            "sha256": "0",
            "imported_at": datetime(2025, 6, 1, 9, 30),  # noqa: DTZ001  the store holds UTC without saying so
            "status": "stored",
            "rows_read": 3,
        }
    ],
    tables.ImportRemark: [{"import_id": 1, "severity": "notice", "row": None, "message_en": "m", "message_ja": "m"}],
    tables.Partner: [
        {"partner_id": 1, "ror_id": "https://ror.org/03vek6s52", "name_en": "Harvard University", "country": "US"},
        {"partner_id": 2, "ror_id": None, "name_en": "A company", "country": "DE"},
    ],
    tables.SamePartner: [{"partner_id": 1, "stands_for": 1, "said_by": "match"}],
    tables.PartnerDecision: [
        {
            "name": "A company",
            "name_key": "a company",
            "country": "DE",
            "verdict": "not_in_registry",
            "decided_by": "office",
            "decided_at": datetime(2025, 6, 1, 9, 30),  # noqa: DTZ001  as above
        }
    ],
    tables.Version: [{"import_id": 1, "kind": "activities", "key": '["mobility", "1"]', "activity_id": 1}],
    tables.Person: [{"person_id": 1, "pseudonym": "p1"}, {"person_id": 2, "pseudonym": "p2"}],
    tables.Activity: [_activity(1, "ENG"), _activity(2, "SCI"), _activity(3, "")],
    tables.ActivityDepartment: [
        {"activity_id": 1, "department": "ENG", "share": 1.0},
        {"activity_id": 2, "department": "SCI", "share": 1.0},
        {"activity_id": 3, "department": "ENG", "share": 0.25},
        {"activity_id": 3, "department": "SCI", "share": 0.75},
    ],
    tables.ActivityPartner: [{"activity_id": n, "partner_id": n} for n in (1, 2)],
    tables.ActivityCountry: [{"activity_id": n, "country": "FR"} for n in (1, 2)],
    tables.ActivityPerson: [{"activity_id": n, "person_id": n} for n in (1, 2)],
    tables.ActivitySdg: [{"activity_id": n, "sdg": 13} for n in (1, 2)],
    tables.Population: [_headcount("*", 30), _headcount("ENG", 20), _headcount("SCI", 10)],
    tables.Goal: [_goal("*"), _goal("ENG"), _goal("SCI")],
    tables.DeclaredIndicator: [_declaration("*"), _declaration("ENG"), _declaration("SCI")],
    tables.Annotation: [{"date": date(2020, 4, 7), "text_en": "COVID", "text_ja": "コロナ", **IMPORTED}],
    tables.Rate: [{"currency": "USD", "fiscal_year": 2025, "jpy": 150.0, **IMPORTED}],
    tables.JointPapers: [
        {"source": "made up", "period": "2021-2025", "country_a": a, "country_b": b, "papers": papers, **IMPORTED}
        for a, b, papers in (("", "", 90), ("DE", "", 40), ("DE", "JP", 5), ("JP", "", 30))
    ],
    tables.ReferenceRate: [
        {
            "source": "made up",
            "indicator": "international_student_share",
            "dimension": "level",
            "stratum": "master",
            "fiscal_year": 2025,
            "numerator": 12.0,
            "denominator": 100.0,
            **IMPORTED,
        }
    ],
    tables.RememberedHeading: [
        {
            "source": "mobility",
            "kind": "activities",
            "heading": "件名",
            "decided_by": "office",
            "column": "title",
            "for_all": True,
            "decided_at": datetime(2025, 6, 1, 9, 30),  # noqa: DTZ001  as above
        }
    ],
    tables.AuditEvent: [
        {
            **dict.fromkeys(("role", "seen_by", "object", "scope", "sha256"), ""),
            "event_id": 2,
            "at": "2025-06-01T09:30:00Z",
            "actor": "office",
            "action": "import",
            "details": "{}",
            "outcome": "done",
            "previous": "0",
            "hash": "1",
        }
    ],
    tables.ErasedPerson: [{"mark": "0", "erased_at": datetime(2025, 6, 1, 9, 30)}],  # noqa: DTZ001  as above
    tables.AuditAnchor: [
        {"last_event": 1, "last_hash": "0", "first_at": "2024-05-01T00:00:00Z", "last_at": "2024-05-01T00:00:00Z"}
    ],
    tables.Account: [{"issuer": "https://idp.example.ac.jp", "subject": "a1"}],
    tables.Grant: [
        {
            "account_id": 1,
            "role": "head",
            "department": "ENG",
            "covers": '["ENG", "ENG-M"]',
            "valid_from": date(2025, 4, 1),
            "granted_by": "office",
            "granted_at": datetime(2025, 6, 1, 9, 30),  # noqa: DTZ001  as above
        }
    ],
    tables.SignIn: [
        {
            "login_id": "0",
            "account_id": 1,
            "began_at": datetime(2025, 6, 1, 9, 30),  # noqa: DTZ001  as above
            "ends_at": datetime(2025, 6, 1, 21, 30),  # noqa: DTZ001  as above
        }
    ],
    tables.Viewing: [
        {
            "login_id": "0",
            "eyes_role": "head",
            "eyes_departments": '["ENG"]',
            "began_at": datetime(2025, 6, 1, 9, 30),  # noqa: DTZ001  as above
        }
    ],
    tables.AffiliationPattern: [{"pattern": "Engineering", "department": "ENG", **IMPORTED}],
}
