"""Declared indicators on the command line: the README's file is stored, its figures printed, to those who may see it.

ENG  joint laboratory L1 with a company abroad, L2 with a university; papers P1 (company abroad), P2, P3
MECH (below ENG)  paper P4 with a company abroad          SCI  paper P5 with a company abroad
"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import update

import manage
from data_access.engine import connect, default_url, prepare
from data_access.imports import store_rows
from data_access.tables import DeclaredIndicator
from demonstration.loading import mark
from metrics.catalogue import INDICATORS

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
DEPARTMENTS = """code,parent_code,name_en,name_ja
ENG,,Engineering,工学部
MECH,ENG,Mechanics,機械
SCI,,Science,理学部
"""
SIEMENS, BONN = "https://ror.org/059mq0909", "https://ror.org/041nas322"
ACTIVITIES = f"""record_id,activity_type,title,start_date,departments,partners
L1,joint_laboratory,One,2024-04-01,ENG,{SIEMENS}
L2,joint_laboratory,Two,2024-04-01,ENG,{BONN}
P1,publication,Three,2025-06-01,ENG,{SIEMENS}
P2,publication,Four,2025-06-01,ENG,{BONN}
P3,publication,Five,2025-06-01,ENG,
P4,publication,Six,2025-06-01,MECH,{SIEMENS}
P5,publication,Seven,2025-06-01,SCI,{SIEMENS}
"""
LABORATORIES, PAPERS = "eng_company_laboratories", "eng_company_papers"
GOALS = f"""indicator,department,fiscal_year,value,kind
{PAPERS},ENG,2025,40%,baseline
{PAPERS},ENG,2030,60%,target
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the university above: its status, what it printed, and what it said beside that."""
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    engine = connect(url)
    prepare(engine)
    mark(engine)
    for kind, file in (("departments", DEPARTMENTS), ("activities", ACTIVITIES)):
        rows = list(csv.DictReader(io.StringIO(file)))
        assert store_rows(engine, kind, rows, indicators={}, name=f"{kind}.csv").status == "stored"
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", url)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = manage.main(arguments)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def example(tmp_path: Path, run: Run) -> Run:
    """The same, after the README's file was imported."""
    (text,) = re.findall(r"```csv\n(key,.*?)```", README, re.DOTALL)
    (tmp_path / "indicators.csv").write_text(text, encoding="utf-8")
    status, printed, _ = run("import", "indicators", str(tmp_path / "indicators.csv"), "--language", "en")
    assert (status, "2 read, 2 new" in printed) == (0, True)
    return run


def figures(run: Run, *options: str) -> pd.DataFrame:
    status, printed, _ = run("figures", "--from", "2025", "--to", "2025", *options)
    assert status == 0
    return pd.read_csv(io.StringIO(printed))


def test_the_readme_s_file_gives_the_figures_that_a_hand_works_out(example: Run) -> None:
    found = figures(example, "--indicator", LABORATORIES, PAPERS)
    counts = {(row.indicator, row.department): (row.numerator, row.value) for row in found.itertuples()}
    assert counts == {
        (LABORATORIES, "ENG"): (1, 1),
        (LABORATORIES, "MECH"): (0, 0),
        (PAPERS, "ENG"): (2, 0.5),
        (PAPERS, "MECH"): (1, 1.0),
    }


def test_all_figures_have_them_after_the_common_ones_for_their_departments_alone(example: Run) -> None:
    found = figures(example)
    assert list(dict.fromkeys(found["indicator"])) == [*INDICATORS, LABORATORIES, PAPERS]
    own = found[found["indicator"].isin([LABORATORIES, PAPERS])]
    assert set(own["department"]) == {"ENG", "MECH"}
    assert set(found[found["indicator"] == "publications"]["department"]) == {"*", "ENG", "MECH", "SCI"}


def test_a_department_that_is_asked_for_and_has_no_part_in_it_is_told_so(example: Run) -> None:
    found = figures(example, "--indicator", PAPERS, "--department", "SCI")
    assert list(found["status"]) == ["not applicable"]
    assert found[["numerator", "denominator", "value", "known", "unknown"]].isna().all(axis=None)


def test_a_head_is_given_the_own_and_nothing_of_what_others_declared(example: Run) -> None:
    assert set(figures(example, "--reader", "head:ENG")["indicator"]) == {*INDICATORS, LABORATORIES, PAPERS}
    for head in ("head:SCI", "head:MECH"):
        assert set(figures(example, "--reader", head)["indicator"]) == set(INDICATORS)
        status, printed, said = example("figures", "--reader", head, "--indicator", PAPERS)
        assert (status, printed) == (1, "")
        assert said.startswith(f"no indicator {PAPERS}; there are: ")
        assert "eng_" not in said.partition(";")[2]


def test_goals_are_imported_on_it_and_on_its_department_alone(example: Run, tmp_path: Path) -> None:
    file = tmp_path / "goals.csv"
    file.write_text(GOALS, encoding="utf-8")
    assert example("import", "goals", str(file))[0] == 0
    file.write_text(GOALS.replace("ENG", "SCI"), encoding="utf-8")
    status, _, said = example("import", "goals", str(file), "--language", "en")
    assert status == 1
    assert "was declared by another department and has no figure here. Accepted: ENG, MECH." in said


def test_one_that_cannot_be_read_any_more_is_named_and_the_others_are_printed(example: Run) -> None:
    """As after an upgrade that took a condition away."""
    engine = connect(default_url())
    with engine.begin() as connection:
        stored = DeclaredIndicator.__table__
        connection.execute(update(stored).where(stored.c.key == PAPERS).values(conditions="gone"))  # type: ignore[arg-type]
    engine.dispose()
    status, printed, said = example("figures")
    assert (status, LABORATORIES in printed, PAPERS in printed) == (0, True, False)
    assert f"not read: {PAPERS}, declared by ENG: no condition 'gone'; there are international" in said
    assert PAPERS not in "".join(example("figures", "--reader", "head:SCI")[1:])


def test_a_refused_file_names_row_column_value_and_what_is_accepted(run: Run, tmp_path: Path) -> None:
    (text,) = re.findall(r"```csv\n(key,.*?)```", README, re.DOTALL)
    (tmp_path / "i.csv").write_text(text.replace(",company_abroad,,", ",moonlit,,"), encoding="utf-8")
    status, printed, said = run("import", "indicators", str(tmp_path / "i.csv"), "--language", "en")
    assert (status, printed) == (1, "")
    assert 'row 2, column conditions, value "moonlit": "moonlit" is not a condition. There are: international' in said
    status, _, said = run("import", "indicators", str(tmp_path / "i.csv"), "--language", "ja")
    assert "2行目、列 conditions、値「moonlit」：「moonlit」は条件ではありません。条件は" in said
