"""OpenAlex works become publications: departments from affiliations, partners and countries from authorships."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import HOME_ROR, ImportReport, store_file
from data_access.tables import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityPartner,
    ActivitySdg,
    Partner,
    Person,
)
from tests.data_access.imports.conftest import INDICATORS, Give, contents, hashed, stored
from vocabulary.text import Text

SAMPLE = Path(__file__).parents[3] / "data_access" / "reference" / "openalex_works_sample.json"
HOME = {"id": "https://openalex.org/I1", "ror": HOME_ROR, "country_code": "JP", "lineage": ["https://openalex.org/I1"]}
INSTITUTE = {"id": "https://openalex.org/I2", "ror": "https://ror.org/04664mr26", "lineage": [HOME["id"]]}
MILAN = {"id": "https://openalex.org/I3", "ror": "https://ror.org/00wjc7c48", "country_code": "IT", "lineage": []}
ENGINEERING = "Graduate School of ENGINEERING, Tohoku University, Sendai. taro@example.ac.jp"
SCIENCE = "Graduate School of Science, Tohoku University"


def author(
    text: str, *institutions: object, countries: tuple[str, ...] = (), corresponding: bool = False
) -> dict[str, object]:
    return {
        "raw_affiliation_strings": [text],
        "institutions": list(institutions),
        "countries": list(countries),
        "is_corresponding": corresponding,
    }


def work(*authorships: object, **more: object) -> dict[str, object]:
    basis = {"id": "https://openalex.org/W1", "title": "A paper", "publication_date": "2025-04-01"}
    return {**basis, "authorships": list(authorships), **more}


@pytest.fixture
def patterns(give: Give) -> None:
    rows = [("school of engineering", "ENG"), ("School of Science", "SCI"), ("Tohoku University", "*")]
    assert give("affiliations", *[{"pattern": p, "department": d} for p, d in rows]).rows_new == 3


def give_works(engine: Engine, folder: Path, *works: object, home_ror: str = HOME_ROR) -> ImportReport:
    path = folder / "works.json"
    path.write_text(json.dumps({"meta": {}, "results": works}))
    return store_file(engine, "works", path, indicators=INDICATORS, home_ror=home_ror)


def departments(engine: Engine) -> list[tuple[object, object]]:
    return [(row["department"], row["share"]) for row in stored(engine, ActivityDepartment)]


def test_the_sample_of_openalex(university: Engine) -> None:
    report = store_file(university, "works", SAMPLE, indicators=INDICATORS)
    assert (report.status, report.rows_new) == ("stored", 3)
    first, second, third = stored(university, Activity)
    assert (first["source"], first["record_id"], first["activity_type"]) == ("openalex", "W52443429", "publication")
    assert (first["start_date"], first["language"]) == (date(2003, 3, 4), "en")
    assert first["citation_percentile"] == pytest.approx(73.013766)
    assert first["url"] == "https://doi.org/10.1007/s00401-002-0654-1"
    assert (third["title"], third["url"], third["citation_percentile"]) == ("주파수 안정도 측정", "", None)
    countries = [(row["activity_id"], row["country"]) for row in stored(university, ActivityCountry)]
    assert countries == [(first["activity_id"], "IT"), *((second["activity_id"], c) for c in ("IN", "JP", "NL"))]
    assert [(row["activity_id"], row["sdg"]) for row in stored(university, ActivitySdg)] == [(third["activity_id"], 7)]
    assert "University of Milan" in {row["name_en"] for row in stored(university, Partner)}
    assert departments(university) == [("*", 1.0)] * 3
    listed = [(r.row, r.column, r.message.en[:9]) for r in report.remarks if r.column == "departments"]
    assert listed == [(1, "departments", "W52443429"), (2, "departments", "W21634924"), (3, "departments", "W31973127")]
    assert store_file(university, "works", SAMPLE, indicators=INDICATORS).status == "unchanged"


@pytest.mark.usefixtures("patterns")
def test_departments_share_equally_whatever_the_capitals(university: Engine, tmp_path: Path) -> None:
    report = give_works(university, tmp_path, work(author(ENGINEERING, HOME), author(SCIENCE, HOME), author(SCIENCE)))
    assert report.remarks == ()
    assert departments(university) == [("ENG", 0.5), ("SCI", 0.5)]


@pytest.mark.usefixtures("patterns")
def test_home_and_its_institutes_are_no_partners(university: Engine, tmp_path: Path) -> None:
    paper = work(author(SCIENCE, HOME, INSTITUTE, countries=("JP",)), author("Milano", MILAN, countries=("IT",)))
    give_works(university, tmp_path, paper)
    assert [row["name_en"] for row in stored(university, Partner)] == ["University of Milan"]
    assert [row["country"] for row in stored(university, ActivityCountry)] == ["IT", "JP"]


@pytest.mark.usefixtures("patterns")
def test_an_institution_without_an_id_is_a_partner_by_its_name(university: Engine, tmp_path: Path) -> None:
    known = {"display_name": "Univ. degli Studi di Padova", "country_code": "IT", "lineage": []}
    unknown = {"display_name": "Atelier Inconnu; Paris", "country_code": "FR", "lineage": []}  # no cell can name it
    report = give_works(university, tmp_path, work(author(SCIENCE, HOME), author("Padova", known), author("", unknown)))
    assert [row["name_en"] for row in stored(university, Partner)] == [
        *("Univ. degli Studi di Padova", "University of Padua"),
    ]
    assert ["Taken for University of Padua" in remark.message.en for remark in report.remarks] == [True]


@pytest.mark.usefixtures("patterns")
def test_where_no_institution_is_named_an_affiliation_that_is_surely_known_is_one(
    university: Engine, tmp_path: Path
) -> None:
    texts = (
        *("Taro Yamada, Dept. of Physics, Univ. of Milan, Milan, Italy", "Institute of Physics, National University"),
        "Tohoku University Hospital, Sendai",  # the own university and what belongs to it are no partners
    )
    report = give_works(university, tmp_path, work(author(SCIENCE, HOME), *(author(text) for text in texts)))
    assert [row["name_en"] for row in stored(university, Partner)] == ["University of Milan"]
    (notice,) = report.remarks
    assert "is taken for University of Milan (https://ror.org/00wjc7c48): " in notice.message.en
    assert "Yamada" not in str(report.remarks)


@pytest.mark.usefixtures("patterns")
def test_another_university_names_its_own_id(university: Engine, tmp_path: Path) -> None:
    give_works(university, tmp_path, work(author(SCIENCE, HOME, MILAN)), home_ror="https://ror.org/00wjc7c48")
    assert [row["ror_id"] for row in stored(university, Partner)] == [HOME_ROR]


@pytest.mark.usefixtures("patterns")
@pytest.mark.parametrize(
    ("authors", "lead"),
    [
        ([author(ENGINEERING, HOME, corresponding=True), author(SCIENCE, HOME)], "ENG"),
        ([author(ENGINEERING, HOME), author("Milano", MILAN, corresponding=True)], "external"),
        ([author(ENGINEERING, HOME, corresponding=True), author(SCIENCE, HOME, corresponding=True)], ""),
        ([author(ENGINEERING, HOME), author("Milano", MILAN)], ""),
        ([author("Milano", MILAN, corresponding=True)], ""),
    ],
)
def test_the_department_of_the_corresponding_authors_leads(
    authors: list[object], lead: str, university: Engine, tmp_path: Path
) -> None:
    give_works(university, tmp_path, work(*authors))
    assert stored(university, Activity)[0]["lead"] == lead


@pytest.mark.usefixtures("patterns")
def test_what_cannot_be_kept_is_a_notice(university: Engine, tmp_path: Path) -> None:
    nowhere = {"id": "https://openalex.org/I9", "ror": "https://ror.org/0zzzzzz99", "country_code": "DE"}
    report = give_works(university, tmp_path, work(author(SCIENCE, nowhere, countries=("ZZ",)), language="xx"))
    assert {(r.severity, r.column, r.value) for r in report.remarks} == {
        ("notice", "partners", "https://ror.org/0zzzzzz99"),
        ("notice", "countries", "ZZ"),
        ("notice", "language", "xx"),
    }
    assert stored(university, ActivityPartner) == []
    assert [row["country"] for row in stored(university, ActivityCountry)] == ["DE"]


def test_a_work_without_title_has_one_that_says_so(university: Engine, tmp_path: Path) -> None:
    give_works(university, tmp_path, work(title=None, display_name=None))
    assert stored(university, Activity)[0]["title"] == "[untitled]"


def test_a_work_without_its_day_is_left_out_and_named(university: Engine, tmp_path: Path) -> None:
    undated = work(id="https://openalex.org/W2", publication_date=None, publication_year=2025)
    report = give_works(university, tmp_path, work(), undated)
    assert (report.status, report.rows_read, report.rows_new) == ("stored", 1, 1)
    (notice,) = [remark for remark in report.remarks if remark.column == "start_date"]
    assert (notice.severity, notice.row) == ("notice", 2)
    assert "W2: The work has no publication_date and is left out" in notice.message.en
    assert len([remark for remark in report.remarks if remark.row == 2]) == 1
    assert [row["record_id"] for row in stored(university, Activity)] == ["W1"]


def test_works_of_which_none_has_its_day_are_refused(university: Engine, tmp_path: Path) -> None:
    report = give_works(university, tmp_path, work(publication_date=None))
    assert report.status == "refused"
    assert "None of the works has a publication_date" in report.remarks[0].message.en


@pytest.mark.usefixtures("patterns")
@pytest.mark.parametrize("written", ["01dq60k83", "ror.org/01DQ60K83", "http://ror.org/01dq60k83/", f" {HOME_ROR} "])
def test_the_own_id_may_be_written_in_several_ways(written: str, university: Engine, tmp_path: Path) -> None:
    give_works(university, tmp_path, work(author(SCIENCE, HOME, INSTITUTE, MILAN)), home_ror=written)
    assert [row["name_en"] for row in stored(university, Partner)] == ["University of Milan"]


@pytest.mark.parametrize("written", ["nonsense", "https://ror.org/0zzzzzz99", ""])
def test_an_own_id_that_does_not_exist_is_refused(written: str, university: Engine, tmp_path: Path) -> None:
    report = give_works(university, tmp_path, work(), home_ror=written)
    (error,) = report.remarks
    assert (report.status, error.value) == ("refused", written)
    assert "The university's own ROR id cannot be used" in error.message.en
    assert HOME_ROR in error.message.en
    assert stored(university, Activity) == []


@pytest.mark.usefixtures("patterns")
def test_an_institute_is_home_also_where_its_work_comes_before_any_of_the_university(
    university: Engine, tmp_path: Path
) -> None:
    institutes = work(author(SCIENCE, INSTITUTE, MILAN))
    give_works(university, tmp_path, institutes, work(author(SCIENCE, HOME), id="https://openalex.org/W2"))
    assert [row["name_en"] for row in stored(university, Partner)] == ["University of Milan"]


@pytest.mark.usefixtures("patterns")
def test_own_authors_take_part_by_their_ids_and_others_do_not(university: Engine, tmp_path: Path) -> None:
    def by(number: int, *institutions: object, text: str = "") -> dict[str, object]:
        named = {"id": f"https://openalex.org/A{number}", "display_name": "Taro Yamada", "orcid": "https://orcid.org/0"}
        return {**author(text, *institutions), "author": named}

    nobody = {**author(SCIENCE), "author": {"id": "Taro Yamada", "display_name": "Taro Yamada"}}
    give_works(university, tmp_path, work(by(3, HOME), by(1, INSTITUTE), by(2, text=ENGINEERING), by(4, MILAN), nobody))
    assert {str(row["pseudonym"]) for row in stored(university, Person)} == set(map(hashed, ("A1", "A2", "A3")))
    assert "Yamada" not in str(contents(university))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"type": "dataset"}, "1 dataset"),
        ({"type": "paratext"}, "1 paratext"),
        ({"type": "article", "is_paratext": True}, "1 paratext"),
        ({"type": "article", "is_retracted": True}, "1 retracted"),
        ({"type": "retraction"}, "1 retraction"),
    ],
)
def test_what_is_no_publication_is_left_out_and_counted(
    more: dict[str, object], reason: str, university: Engine, tmp_path: Path
) -> None:
    kept = [work(id=f"https://openalex.org/W{n}", type=t) for n, t in ((2, "article"), (3, "article"), (4, "review"))]
    report = give_works(university, tmp_path, work(**more), *kept)
    assert [row["record_id"] for row in stored(university, Activity)] == ["W2", "W3", "W4"]
    assert report.remarks[0].message == Text(
        f"No publications, left out: {reason}. Kept, by type: 2 article, 1 review.",
        f"論文として数えず除いたもの：{reason[2:].replace('retracted', '撤回済み')} 1 件。"
        "登録したもの（種別ごと）：article 2 件、review 1 件。",
    )


@pytest.mark.parametrize("kind", ["article", "book", "book-chapter", "preprint", "letter", "a-new-type", None])
def test_every_other_type_is_a_publication(kind: str | None, university: Engine, tmp_path: Path) -> None:
    assert give_works(university, tmp_path, work(type=kind)).rows_new == 1


def test_works_of_which_none_is_a_publication_are_refused(university: Engine, tmp_path: Path) -> None:
    report = give_works(university, tmp_path, work(type="dataset"))
    assert report.status == "refused"
    assert "None of the works is a publication with its day (1 dataset)" in report.remarks[0].message.en


def test_without_any_pattern_the_first_works_are_listed_and_all_are_counted(university: Engine, tmp_path: Path) -> None:
    report = give_works(university, tmp_path, *(work(id=f"https://openalex.org/W{number}") for number in range(1, 31)))
    summary, *listed = report.remarks
    assert "30 works go to the university itself, the first are listed" in summary.message.en
    assert [remark.row for remark in listed] == list(range(1, 21))


@pytest.mark.usefixtures("patterns")
def test_a_list_of_authors_that_the_api_cut_is_told(university: Engine, tmp_path: Path) -> None:
    many = [author(SCIENCE, HOME)] * 100
    works = (work(*many), work(*many[1:], id="https://openalex.org/W2"), work(id="https://openalex.org/W3"))
    report = give_works(university, tmp_path, *works, {**works[2], "id": "W4", "is_authors_truncated": True})
    assert "Works that name 100 authors, where OpenAlex cuts its lists: 2;" in report.remarks[0].message.en


def test_a_goal_counts_from_the_score_that_openalex_shows_it_by(university: Engine, tmp_path: Path) -> None:
    goals = [{"id": f"https://metadata.un.org/sdg/{n}", "score": s} for n, s in ((3, 0.4), (7, 0.39), (13, 0.9))]
    goals += [{"id": "https://metadata.un.org/sdg/17"}]
    give_works(university, tmp_path, work(sustainable_development_goals=goals))
    assert [row["sdg"] for row in stored(university, ActivitySdg)] == [3, 13, 17]


def test_no_affiliation_text_and_no_mail_address_is_kept(university: Engine, tmp_path: Path) -> None:
    report = give_works(
        university, tmp_path, work(author(ENGINEERING, HOME), title="Write to taro@example.ac.jp\x00now")
    )
    assert stored(university, Activity)[0]["title"] == "Write to ***@*** now"
    assert "taro" not in str(report.remarks)
    (notice,) = [remark for remark in report.remarks if remark.column == "title"]
    assert (notice.severity, notice.value) == ("notice", "Write to ***@*** now")
    assert "A mail address in the title is masked" in notice.message.en


def test_an_address_that_reads_as_a_mail_address_is_left_out(university: Engine, tmp_path: Path) -> None:
    doi = "https://doi.org/10.1/{}"
    works = work(doi=doi.format("a@1.2")), work(id="https://openalex.org/W2", doi=doi.format("taro@example.ac.jp"))
    report = give_works(university, tmp_path, *works)
    assert [row["url"] for row in stored(university, Activity)] == [doi.format("a@1.2"), ""]
    assert [(r.row, r.column) for r in report.remarks if r.column == "url"] == [(2, "url")]


@pytest.mark.parametrize("name", ["one.json", "list.json", "lines.json", "lines.jsonl", "lines.jsonl.gz"])
def test_works_come_in_several_shapes(name: str, university: Engine, tmp_path: Path) -> None:
    works = [work(), work(id="https://openalex.org/W2")]
    lines = "\n".join(json.dumps(one) for one in works)
    text = {"one.json": json.dumps(works[0]), "list.json": json.dumps(works)}.get(name, lines)
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    report = store_file(university, "works", path, indicators=INDICATORS)
    assert (report.status, report.rows_new) == ("stored", 1 if name == "one.json" else 2)
