"""Two rows of each kind of file that show how it is filled in, and that the importer accepts as they stand."""

from collections.abc import Callable

from data_access.imports.template_codes import Codes
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Language, Text

Example = dict[str, str]
_PARTNER = "https://ror.org/03vek6s52"
_SOURCE = Text("Example: who counted what", "記入例：集計者と対象")


def examples(kind: str, codes: Codes, language: Language) -> tuple[Example, Example]:
    """The two rows, column -> text; their departments are some that the database has."""
    own = [code for code in codes.departments if code != UNIVERSITY] or [UNIVERSITY]
    first, last = own[0], own[-1]

    def said(en: str, ja: str) -> str:
        return Text(en, ja).said_in(language)

    made: dict[str, Callable[[], tuple[Example, Example]]] = {
        "departments": _departments,
        "activities": lambda: _activities(first, last, said("Student exchange", "交換留学"), said("Paper", "論文")),
        "populations": lambda: _both(
            {"department": first, "as_of": "2026-05-01", "population": "master"},
            {"group": "all", "count": "320"},
            {"group": "international", "count": "48"},
        ),
        "indicators": lambda: _indicators(first),
        "goals": lambda: _both(
            {"indicator": next(iter(codes.indicators)), "department": first, "path": "straight"},
            {"fiscal_year": "2025", "value": "0.2", "kind": "baseline"},
            {"fiscal_year": "2030", "value": "0.3", "kind": "target"},
        ),
        "annotations": lambda: _both(
            {},
            {"date": "2020-04-07", "text_en": "Borders close", "text_ja": "入国制限の開始", "target": ""},
            {"date": "2022-10-11", "text_en": "Borders open", "text_ja": "入国制限の緩和", "target": "education"},
        ),
        "rates": lambda: _both(
            {"fiscal_year": "2025"}, {"currency": "USD", "jpy": "150.5"}, {"currency": "EUR", "jpy": "165"}
        ),
        "country_matrix": lambda: _both(
            {"period": "2021-2025", "source": _SOURCE.said_in(language)},
            {"country_a": "DE", "country_b": "", "papers": "400000"},
            {"country_a": "DE", "country_b": "JP", "papers": "12000"},
        ),
        "references": lambda: _both(
            {"indicator": next(iter(codes.indicators)), "dimension": "level", "fiscal_year": "2024"}
            | {"source": _SOURCE.said_in(language), "denominator": "1000"},
            {"stratum": "master", "numerator": "120"},
            {"stratum": "doctoral", "numerator": "240"},
        ),
        "affiliations": lambda: _both(
            {"department": first}, {"pattern": "Example School, "}, {"pattern": "Sch. of Example"}
        ),
    }
    return made[kind]()


def _both(shared: Example, one: Example, other: Example) -> tuple[Example, Example]:
    return shared | one, shared | other


def _departments() -> tuple[Example, Example]:
    shared = {"parent_code": "", "discipline": "engineering", "opened": "2026-04-01", "closed": ""}
    return _both(
        shared,
        {"code": "EXAMPLE-1", "name_en": "Example School", "name_ja": "記入例研究科", "kind": "graduate_school"},
        {"code": "EXAMPLE-2", "name_en": "Example Institute", "name_ja": "記入例研究所", "kind": "institute"},
    )


def _activities(first: str, last: str, exchange: str, paper: str) -> tuple[Example, Example]:
    several = f"{first}:0.6;{last}:0.4" if first != last else first
    return (
        {"record_id": "EX-001", "source": "mobility", "activity_type": "student_exchange_outbound", "title": exchange}
        | {"start_date": "2025-09-01", "end_date": "2026-02-28", "departments": first, "partners": _PARTNER}
        | {"people_count": "2", "level": "master"},
        {"record_id": "EX-002", "source": "publications", "activity_type": "publication", "title": paper}
        | {"start_date": "2025-06-15", "departments": several, "lead": first, "countries": "DE;FR", "sdgs": "3;13"}
        | {"citation_percentile": "91.5", "language": "en", "url": "https://example.org/paper"},
    )


def _indicators(department: str) -> tuple[Example, Example]:
    shared = {"department": department, "target": "research", "process": "deepening", "better": "higher"}
    return _both(
        shared | {"counts": "activities", "activity_types": "joint_laboratory", "since": "2020"},
        {
            "key": "example_laboratories",
            "name_en": "Joint laboratories with a company abroad",
            "name_ja": "海外企業との国際ジョイントラボ",
            "definition_en": "Joint laboratories in force on 1 May with at least one company abroad.",
            "definition_ja": "5月1日現在、海外企業を含む国際ジョイントラボの数。",
            "unit": "count",
            "conditions": "company_abroad",
        },
        {
            "key": "example_laboratories_share",
            "name_en": "Share of joint laboratories with a company abroad",
            "name_ja": "海外企業との国際ジョイントラボの割合",
            "definition_en": "Of the joint laboratories in force on 1 May, those with at least one company abroad.",
            "definition_ja": "5月1日現在の国際ジョイントラボのうち、海外企業を含むものの割合。",
            "unit": "share",
            "conditions": "company_abroad",
            "per_counts": "activities",
            "per_activity_types": "joint_laboratory",
        },
    )
