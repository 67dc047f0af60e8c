"""`manage.py figures` as an operator runs it: each option, the three formats, and what a reader is given.

master students (international)                    publications
  1 May 2025       1 November 2025                   R1 2024-04-01  ENG                     DE
  ENG  100 (12)    ENG  110 (22)                     R2 2024-06-01  MECH                    -
  SCI   50  (3)                                       R3 2025-04-02  ENG 0.25, SCI 0.75 lead US
MECH is below ENG.                                   R4 2026-03-31  SCI                     JP
persons sent abroad by SCI: 3 in FY2025
"""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import manage
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from demonstration.loading import mark
from metrics.catalogue import INDICATORS

COLUMNS = "indicator,department,fiscal_year,numerator,denominator,value,low,high,known,unknown,status"
DEPARTMENTS = """code,parent_code,name_en,name_ja
ENG,,Engineering,工学部
MECH,ENG,Mechanics,機械
SCI,,Science,理学部
"""
ACTIVITIES = """record_id,activity_type,title,start_date,departments,lead,countries,people_count
R1,publication,One,2024-04-01,ENG,,DE,
R2,publication,Two,2024-06-01,MECH,,,
R3,publication,Three,2025-04-02,ENG:0.25;SCI:0.75,SCI,US,
R4,publication,Four,2026-03-31,SCI,,JP,
X1,student_exchange_outbound,Five,2025-09-01,SCI,,FR,3
"""
CONTRACTS = """record_id,activity_type,title,start_date,departments,countries,amount,currency
C1,industry_contract,Six,2025-05-01,SCI,GB,5000,GBP
C2,industry_contract,Seven,2025-05-01,ENG,FR,10,EUR
"""
POPULATIONS = """department,as_of,population,group,count
ENG,2025-05-01,master,all,100
ENG,2025-05-01,master,international,12
SCI,2025-05-01,master,all,50
SCI,2025-05-01,master,international,3
ENG,2025-11-01,master,all,110
ENG,2025-11-01,master,international,22
"""
RATES = """currency,fiscal_year,jpy
EUR,2025,160
"""

Ask = Callable[..., pd.DataFrame]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The little university above, marked as a demonstration so that readers can be chosen."""
    url = f"sqlite:///{tmp_path_factory.mktemp('figures') / 'monitor.db'}"
    engine = connect(url)
    prepare(engine)
    mark(engine)
    files = [("departments", DEPARTMENTS), ("activities", ACTIVITIES), ("populations", POPULATIONS)]
    for number, (kind, file) in enumerate([*files, ("rates", RATES), ("activities", CONTRACTS)]):
        rows = list(csv.DictReader(io.StringIO(file)))
        assert store_rows(engine, kind, rows, indicators={}, name=f"{number}.csv").status == "stored"
    engine.dispose()
    return url


@pytest.fixture
def printed(
    url: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., bytes]:
    """Runs the command and gives the bytes of its standard output: `printed("--indicator", "publications")`."""
    monkeypatch.setenv("DATABASE_URL", url)

    def printed(*options: str) -> bytes:
        assert manage.main(["figures", *options]) == 0
        return capfdbinary.readouterr().out

    return printed


@pytest.fixture
def ask(printed: Callable[..., bytes]) -> Ask:
    """Runs the command and reads its CSV: `ask("--indicator", "publications")`."""
    return lambda *options: pd.read_csv(io.BytesIO(printed(*options)))


def numerators(figures: pd.DataFrame) -> dict[str, float]:
    """Numerators by department."""
    return dict(zip(figures["department"], figures["numerator"], strict=True))


def test_columns_are_those_of_the_contract_and_every_figure_is_there(printed: Callable[..., bytes]) -> None:
    first, *others = printed().decode().splitlines()
    assert first == COLUMNS
    assert len(others) == len(INDICATORS) * len(("*", "ENG", "MECH", "SCI")) * len((2024, 2025))


def test_some_indicators_and_departments_of_some_years(ask: Ask) -> None:
    only = (
        "--indicator",
        "publications",
        "partner_countries",
        "--department",
        "*",
        "SCI",
        "--from",
        "2025",
        "--to",
        "2025",
    )
    figures = ask(*only)
    assert list(figures["indicator"]) == ["publications"] * 2 + ["partner_countries"] * 2
    assert list(figures["department"]) == ["*", "SCI"] * 2
    assert set(figures["fiscal_year"]) == {2025}


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("whole", {"*": 2, "ENG": 1, "MECH": 0, "SCI": 2}),
        ("fractional", {"*": 2, "ENG": 0.25, "MECH": 0, "SCI": 1.75}),
        ("lead", {"*": 2, "ENG": 0, "MECH": 0, "SCI": 2}),
    ],
)
def test_each_counting_rule(ask: Ask, counting: str, expected: dict[str, float]) -> None:
    figures = ask("--indicator", "publications", "--from", "2025", "--counting", counting)
    assert numerators(figures) == expected


def test_stock_figures_are_those_of_the_census_day(ask: Ask) -> None:
    only = ("--indicator", "master_international_share", "--department", "ENG", "--from", "2025")
    may, november = ask(*only), ask(*only, "--census", "11-01")
    assert (may["value"][0], november["value"][0]) == (0.12, 0.2)


@pytest.mark.parametrize("day", ["5/1", "13-01", "01-32", "02-30", "02-29", "May"])
def test_what_is_no_census_day_is_refused(day: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        manage.main(["figures", "--census", day])
    assert f"'{day}' is not a day of the year" in capfd.readouterr().err


def test_the_three_formats_hold_the_same_table(ask: Ask, printed: Callable[..., bytes]) -> None:
    only = ("--indicator", "international_copublication_share", "--department", "*")
    table = ask(*only, "--format", "csv")
    rows = json.loads(printed(*only, "--format", "json"))
    sheet = openpyxl.load_workbook(io.BytesIO(printed(*only, "--format", "xlsx"))).worksheets[0]
    counts = {name: rows[0][name] for name in ("numerator", "denominator", "value", "known", "unknown", "status")}
    assert counts == {"numerator": 1, "denominator": 1, "value": 1.0, "known": 1, "unknown": 1, "status": "ok"}
    pd.testing.assert_frame_equal(pd.DataFrame(rows), table, check_dtype=False)
    cells = list(sheet.values)
    assert ",".join(map(str, cells[0])) == COLUMNS
    pd.testing.assert_frame_equal(pd.DataFrame(cells[1:], columns=table.columns), table, check_dtype=False)


def test_a_file_can_be_named(printed: Callable[..., bytes], tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    assert printed("--indicator", "publications", "--output", str(file)) == b""
    assert file.read_bytes() == printed("--indicator", "publications")


def test_an_office_is_given_what_the_operator_is(printed: Callable[..., bytes]) -> None:
    assert printed("--reader", "president") == printed("--reader", "office") == printed()


def test_a_head_is_given_the_university_and_the_own_departments_only(ask: Ask) -> None:
    assert set(ask("--reader", "head:ENG")["department"]) == {"*", "ENG", "MECH"}
    assert set(ask("--reader", "head:MECH")["department"]) == {"*", "MECH"}
    assert ask("--reader", "head:ENG", "--department", "SCI").empty


def test_few_persons_of_the_university_are_withheld_from_a_head_who_has_no_part_in_them(ask: Ask) -> None:
    only = ("--indicator", "exchange_outbound", "--from", "2025", "--department")
    assert list(ask(*only, "*")["numerator"]) == [3]
    withheld = ask(*only, "*", "--reader", "head:ENG").iloc[0]
    assert withheld["status"] == "suppressed"
    assert withheld[["numerator", "denominator", "value", "low", "high", "known", "unknown"]].isna().all()
    assert list(ask(*only, "SCI", "--reader", "head:SCI")["numerator"]) == [3]


@pytest.mark.parametrize(
    ("option", "code", "answer"),
    [
        ("--indicator", "publicatons", "no indicator publicatons; there are: exchange_outbound, "),
        ("--department", "LAW", "no department LAW; there are: *, ENG, MECH, SCI\n"),
        (
            "--reader",
            "head:LAW",
            "no reader 'head:LAW'; there are: president, office, auditor, head:ENG, head:MECH",
        ),
    ],
)
def test_an_unknown_code_is_answered_with_what_there_is(
    url: str,
    option: str,
    code: str,
    answer: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["figures", option, code]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith(answer)


def test_demonstration_data_is_said_beside_the_table_and_not_in_it(
    url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["figures", "--indicator", "publications"]) == 0
    said = capfd.readouterr()
    assert "demonstration data" in said.err
    assert "demonstration" not in said.out


def test_each_figure_says_how_many_records_it_left_out_for_want_of_a_rate(
    url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    asked = ["figures", "--indicator", "industry_funding", "--from", "2025", "--to", "2025"]
    assert manage.main([*asked, "--department", "ENG", "SCI"]) == 0
    assert "industry_funding FY2025: records left out, no rate for their currency: SCI 1\n" in capfd.readouterr().err
    assert manage.main(asked) == 0
    assert "no rate for their currency: * 1, SCI 1\n" in capfd.readouterr().err


def test_an_indicator_asked_for_twice_is_printed_once(ask: Ask) -> None:
    once = ask("--indicator", "publications")
    pd.testing.assert_frame_equal(ask("--indicator", "publications", "publications"), once)


def test_years_that_run_backwards_are_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["figures", "--from", "2026", "--to", "2020"]) == 1
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "no fiscal year from 2026 to 2020; there are records of FY2024 to FY2025\n")


@pytest.mark.parametrize(("asked", "years"), [(("--from", "25"), "25 to 2025"), (("--to", "20255"), "2024 to 20255")])
def test_years_without_records_are_refused(
    asked: tuple[str, str], years: str, url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["figures", *asked]) == 1
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", f"no fiscal year from {years}; there are records of FY2024 to FY2025\n")


def test_a_file_that_cannot_be_written_is_said_in_a_line(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["figures", "--output", str(tmp_path / "nowhere" / "x.csv")]) == 1
    assert "could not be written to" in capfd.readouterr().err.splitlines()[-1]


def test_a_database_without_data_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert manage.main(["prepare"]) == 0
    assert manage.main(["figures", "--indicator", "publications"]) == 0
    assert "nothing was imported yet: no figure has a value" in capfd.readouterr().err
