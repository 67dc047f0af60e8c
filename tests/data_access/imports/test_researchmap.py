"""A researchmap export: papers and seats abroad become activities, the rest is counted, and no name is kept."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file
from data_access.imports.recognise import recognised
from data_access.tables import Activity, ActivityCountry, ActivityDepartment, Person
from tests.data_access.imports.conftest import INDICATORS, Give, contents, hashed, stored

Document = dict[str, object]


def paper(**more: object) -> Document:
    basis = {
        "display": "disclosed",
        "paper_title": {"ja": "論文", "en": "A paper"},
        "authors": {"ja": [{"name": "山田太郎"}], "en": [{"name": "Taro Yamada"}]},
        "publication_date": "2025-04",
        "publication_name": {"en": "A Journal"},
        "languages": ["eng"],
        "published_paper_type": "scientific_journal",
        "referee": True,
    }
    return {**basis, **more}


def seat(**more: object) -> Document:
    basis = {
        "committee_name": {"ja": "委員", "en": "Programme committee"},
        "association": {"en": "A Society"},
        "committee_type": "society",
        "from_date": "2023-04",
        "to_date": "2024-09",
        "address_country": "DEU",
    }
    return {**basis, **more}


def line(kind: str, body: Document, key: str = "1", member: str = "R000000001") -> Document:
    """One line of an export: the envelope of an import, and the record in it."""
    return {"insert": {"type": kind, "id": key, "user_id": member}, "similar_merge": body}


def profile(section: str, member: str = "R000000001") -> Document:
    affiliations = [{"affiliation": {"ja": "東北大学"}, "section": {"ja": section}, "job": {"ja": "教授"}}]
    body: Document = {"family_name": {"ja": "山田"}, "given_name": {"ja": "太郎"}, "affiliations": affiliations}
    return line("researchers", body, key="", member=member)


def give_lines(engine: Engine, folder: Path, *lines: object, department: str = "") -> ImportReport:
    path = folder / "export.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    return store_file(engine, "researchmap", path, indicators=INDICATORS, department=department)


def messages(report: ImportReport) -> str:
    return "\n".join(remark.message.en for remark in report.remarks)


def test_a_paper_becomes_a_publication(university: Engine, tmp_path: Path) -> None:
    body = paper(identifiers={"doi": ["10.5555/ABC"]})
    assert give_lines(university, tmp_path, line("published_papers", body)).status == "stored"
    (row,) = stored(university, Activity)
    assert (row["source"], row["record_id"], row["activity_type"]) == ("researchmap", "doi:10.5555/abc", "publication")
    assert (row["title"], row["start_date"], row["language"]) == ("A paper", date(2025, 4, 1), "en")
    assert row["url"] == "https://doi.org/10.5555/abc"
    assert [person["pseudonym"] for person in stored(university, Person)] == [hashed("R000000001")]


def test_no_name_is_kept_and_none_is_told(university: Engine, tmp_path: Path) -> None:
    lines = (profile("工学研究科"), line("published_papers", paper()), line("presentations", paper()))
    report = give_lines(university, tmp_path, *lines)
    everything = str(contents(university)) + str(report)
    assert not [name for name in ("山田", "太郎", "Taro", "Yamada") if name in everything]


def test_a_seat_abroad_is_in_force_from_its_first_to_its_last_month(university: Engine, tmp_path: Path) -> None:
    lines = [line("committee_memberships", seat(), "1"), line("committee_memberships", seat(to_date="9999"), "2")]
    give_lines(university, tmp_path, *lines)
    first, second = stored(university, Activity)
    assert (first["activity_type"], first["title"]) == ("international_committee", "Programme committee, A Society")
    assert (first["start_date"], first["end_date"]) == (date(2023, 4, 1), date(2024, 9, 30))
    assert second["end_date"] is None
    assert [row["country"] for row in stored(university, ActivityCountry)] == ["DE", "DE"]


def test_a_seat_at_home_or_nowhere_is_counted_and_left_out(university: Engine, tmp_path: Path) -> None:
    nowhere = seat(address_country=None, association={"en": "International Society of Things"})
    lines = [seat(address_country="JPN"), seat(address_country=""), nowhere]
    report = give_lines(
        university, tmp_path, line("published_papers", paper()), *(line("committee_memberships", one) for one in lines)
    )
    assert "Left out, seats on committees in our own country or without a country: 3." in messages(report)
    (called,) = [remark for remark in report.remarks if remark.column == "address_country"]
    assert (called.severity, called.row) == ("notice", 4)
    assert "International Society of Things: left out, for the record names no country" in called.message.en
    assert [row["activity_type"] for row in stored(university, Activity)] == ["publication"]


def test_what_fits_no_type_of_activity_is_counted_by_its_list(university: Engine, tmp_path: Path) -> None:
    others = [line(kind, {}) for kind in ("presentations", "presentations", "awards", "a_new_list")]
    report = give_lines(university, tmp_path, line("published_papers", paper()), *others)
    assert "fits them: 1 a_new_list, 1 awards, 2 presentations." in messages(report)


def test_a_file_of_which_nothing_is_kept_is_refused(university: Engine, tmp_path: Path) -> None:
    report = give_lines(university, tmp_path, line("presentations", {}))
    assert report.status == "refused"
    assert "Nothing in the file becomes an activity" in messages(report)


def test_what_a_researcher_does_not_disclose_is_left_out(university: Engine, tmp_path: Path) -> None:
    hidden = [line("published_papers", paper(display=how), how) for how in ("closed", "researchers_only")]
    report = give_lines(university, tmp_path, line("published_papers", paper()), *hidden)
    assert report.rows_new == 1
    assert "Left out, records that the researcher does not disclose to everybody: 2." in messages(report)


def test_a_year_alone_decides_no_fiscal_year(university: Engine, tmp_path: Path) -> None:
    undated = line("published_papers", paper(publication_date="2025"), "2")
    report = give_lines(university, tmp_path, line("published_papers", paper()), undated)
    assert report.rows_new == 1
    (notice,) = [remark for remark in report.remarks if remark.column == "publication_date"]
    assert (notice.row, notice.value) == (2, "2025")
    assert "a year alone decides no fiscal year" in notice.message.en


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_profile_in_the_file_says_the_department(
    place: str, university: Engine, give: Give, tmp_path: Path
) -> None:
    give("affiliations", {"pattern": "工学研究科", "department": "ENG"}, {"pattern": "理学研究科", "department": "SCI"})
    lines = [profile("大学院工学研究科"), line("published_papers", paper())]
    report = give_lines(university, tmp_path, *(lines if place == "before" else lines[::-1]))
    assert [row["department"] for row in stored(university, ActivityDepartment)] == ["ENG"]
    assert report.remarks == ()


def test_the_id_of_a_researcher_may_be_a_pattern(university: Engine, give: Give, tmp_path: Path) -> None:
    give("affiliations", {"pattern": "R000000001", "department": "SCI"})
    give_lines(university, tmp_path, line("published_papers", paper()))
    assert [row["department"] for row in stored(university, ActivityDepartment)] == ["SCI"]


@pytest.mark.parametrize(("department", "goes_to"), [("", "*"), ("ENG", "ENG")])
def test_who_matches_no_pattern_goes_where_the_import_says(
    department: str, goes_to: str, university: Engine, tmp_path: Path
) -> None:
    report = give_lines(university, tmp_path, line("published_papers", paper()), department=department)
    assert [row["department"] for row in stored(university, ActivityDepartment)] == [goes_to]
    assert f"they go to {'the university itself' if goes_to == '*' else 'ENG'}." in messages(report)


def test_a_department_that_does_not_exist_is_refused(university: Engine, tmp_path: Path) -> None:
    report = give_lines(university, tmp_path, line("published_papers", paper()), department="XYZ")
    assert report.status == "refused"
    assert "XYZ is no department. Accepted: *, ENG, ENG-M, SCI." in messages(report)


def test_a_paper_of_two_researchers_counts_once_in_both_departments(
    university: Engine, give: Give, tmp_path: Path
) -> None:
    give("affiliations", {"pattern": "工学研究科", "department": "ENG"}, {"pattern": "理学研究科", "department": "SCI"})
    body = paper(identifiers={"doi": ["10.5555/1"]})
    report = give_lines(
        university,
        tmp_path,
        profile("工学研究科"),
        profile("理学研究科", "R000000002"),
        line("published_papers", body),
        line("published_papers", {**body, "identifiers": {"doi": ["https://doi.org/10.5555/1"]}}, "9", "R000000002"),
    )
    assert report.rows_new == 1
    assert [(row["department"], row["share"]) for row in stored(university, ActivityDepartment)] == [
        ("ENG", 0.5),
        ("SCI", 0.5),
    ]
    assert len(stored(university, Person)) == 2
    assert "Papers that came again from another researcher of ours (same DOI): 1;" in messages(report)


def test_a_paper_without_doi_is_known_by_researchmaps_id_and_else_by_what_it_says(
    university: Engine, tmp_path: Path
) -> None:
    lines = [line("published_papers", paper(), "77"), line("published_papers", paper(), "")]
    assert give_lines(university, tmp_path, *lines).rows_new == 2
    assert stored(university, Activity)[0]["record_id"] == "77"
    assert give_lines(university, tmp_path, *lines).status == "unchanged"


def test_papers_marked_as_international_have_no_known_country(university: Engine, tmp_path: Path) -> None:
    marked = paper(is_international_collaboration=True)
    report = give_lines(university, tmp_path, line("published_papers", marked), line("published_papers", paper(), "2"))
    assert stored(university, ActivityCountry) == []
    assert "Papers marked as international: 1." in messages(report)


@pytest.mark.parametrize(
    "lines",
    [
        [{"@type": "published_papers", "rm:id": "1", "rm:user_id": "R000000001", **paper()}],
        [
            {
                "@type": "published_papers",
                "total_items": 1,
                "items": [{"rm:id": "1", "rm:user_id": "R000000001", **paper()}],
            }
        ],
        [
            {
                "@type": "researchers",
                "permalink": "yamada.taro",
                "rm:user_id": "R000000001",
                "@graph": [
                    {"@type": "published_papers", "items": [{"rm:id": "1", **paper()}]},
                    {"@type": "presentations", "items": []},
                ],
            }
        ],
        [{"insert": {"type": "published_papers", "id": "1", "user_id": "R000000001"}, "merge": paper()}],
        [{"update": {"type": "published_papers", "id": "1", "user_id": "R000000001"}, "doc": paper()}],
    ],
)
def test_a_record_may_stand_in_an_envelope_or_in_an_answer(
    lines: list[object], university: Engine, tmp_path: Path
) -> None:
    assert give_lines(university, tmp_path, *lines).rows_new == 1
    assert recognised(tmp_path / "export.jsonl").kind == "researchmap"
    assert stored(university, Activity)[0]["record_id"] == "1"
    assert [person["pseudonym"] for person in stored(university, Person)] == [hashed("R000000001")]


@pytest.mark.parametrize("wrong", [{}, {"insert": {}}, {"id": "https://openalex.org/W1"}])
def test_a_line_that_is_no_record_is_refused_and_named(wrong: object, university: Engine, tmp_path: Path) -> None:
    report = give_lines(university, tmp_path, line("published_papers", paper()), wrong)
    assert report.status == "refused"
    assert report.remarks[0].row == 2
    assert "Line 2 is no record of researchmap. Accepted: JSON Lines" in report.remarks[0].message.en


def test_a_day_that_does_not_exist_names_its_line(university: Engine, tmp_path: Path) -> None:
    report = give_lines(university, tmp_path, line("published_papers", paper(publication_date="2025-02-30")))
    (error,) = [remark for remark in report.remarks if remark.severity == "error"]
    assert (error.row, error.column, error.value) == (1, "start_date", "2025-02-30")


def test_a_permalink_is_never_kept(university: Engine, tmp_path: Path) -> None:
    body = {"insert": {"type": "published_papers", "id": "1", "permalink": "yamada.taro"}, "merge": paper()}
    give_lines(university, tmp_path, body)
    assert stored(university, Person) == []
    assert "yamada" not in str(contents(university))


def test_a_paper_that_openalex_delivered_already_is_told_and_kept(university: Engine, tmp_path: Path) -> None:
    work = {"id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/1", "publication_date": "2025-04-01"}
    path = tmp_path / "works.json"
    path.write_text(json.dumps([work]))
    store_file(university, "works", path, indicators=INDICATORS)
    report = give_lines(university, tmp_path, line("published_papers", paper(identifiers={"doi": ["10.5555/1"]})))
    assert "Publications with the DOI of one that another source delivered: 1, openalex (1)." in messages(report)
    assert len(stored(university, Activity)) == 2
    again = store_file(university, "works", path, indicators=INDICATORS)
    assert "researchmap (1)" in messages(again)
