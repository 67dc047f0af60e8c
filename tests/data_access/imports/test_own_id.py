"""Who the university is: said by an import, kept with its place, and read where distances are counted from."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data_access.engine import as_whole
from data_access.imports import HOME_ROR, ImportReport, store_file
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Import
from metrics.ledger import FRAMES, Ledger
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS

MILAN = "https://ror.org/00wjc7c48"


def give_paper(engine: Engine, folder: Path, home_ror: str | None, record: str = "R1") -> ImportReport:
    path = folder / "papers.csv"
    row = ACTIVITY | {"record_id": record}
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    return store_file(engine, "activities", path, indicators=INDICATORS, home_ror=home_ror)


def kept(engine: Engine) -> dict[str, str]:
    state = Records(engine, WHOLE_UNIVERSITY).state()
    return {name: value for name, value in zip(state["name"], state["value"], strict=True) if name.startswith("home_")}


def test_nobody_is_home_until_an_import_says_who(university: Engine, tmp_path: Path) -> None:
    assert give_paper(university, tmp_path, None).status == "stored"
    assert kept(university) == {}


def test_who_the_university_is_is_kept_with_its_place(university: Engine, tmp_path: Path) -> None:
    give_paper(university, tmp_path, "01dq60k83")
    assert kept(university)["home_ror"] == HOME_ROR
    with university.connect():
        records = Records(university, WHOLE_UNIVERSITY)
        ledger = Ledger.of({name: getattr(records, name)() for name in FRAMES})
    assert ledger.home_ror == HOME_ROR
    assert ledger.home_place == pytest.approx((38.25, 140.87), abs=0.05)
    give_paper(university, tmp_path, None, "R2")  # and stays so
    assert kept(university)["home_ror"] == HOME_ROR


def test_another_university_takes_its_place_and_what_was_remembered_is_out_of_date(
    university: Engine, tmp_path: Path
) -> None:
    give_paper(university, tmp_path, HOME_ROR)
    before = Records(university, WHOLE_UNIVERSITY).data_version()
    assert give_paper(university, tmp_path, MILAN).status == "unchanged"
    assert kept(university)["home_ror"] == MILAN
    assert Records(university, WHOLE_UNIVERSITY).data_version() == before + 1


def test_abroad_is_what_lies_outside_the_country_of_the_university(university: Engine, tmp_path: Path) -> None:
    def home() -> str:
        records = Records(university, WHOLE_UNIVERSITY)
        return Ledger.of({name: getattr(records, name)() for name in FRAMES}).home

    give_paper(university, tmp_path, None)
    assert home() == "JP"
    give_paper(university, tmp_path, MILAN)
    assert home() == "IT"


def test_an_id_that_means_nobody_refuses_the_file(university: Engine, tmp_path: Path) -> None:
    report = give_paper(university, tmp_path, "nonsense")
    assert report.status == "refused"
    assert "The university's own ROR id cannot be used" in report.remarks[0].message.en
    assert kept(university) == {}
    with university.connect() as connection:
        as_whole(connection)
        assert list(connection.scalars(select(Import.status))) == ["refused"]
