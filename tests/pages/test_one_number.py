"""A figure is one number: what a page writes is what `manage.py figures` prints for the same reader and view."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import manage
from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS, of_target
from metrics.indicator import Indicator, Unit
from metrics.numbers import show
from metrics.tabulate import OK
from pages.parts.reading import JOINER, NO_BREAK
from pages.parts.standing import SIGN
from pages.parts.tables import IN_A_CELL, STATUS
from tests.pages.reading import go, opened
from vocabulary.activity_types import TARGETS
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

VIEWS = {  # reader, department, fiscal year, counting
    "the university as the President reads it": ("president", "*", 2025, "whole"),
    "a faculty in fractions": ("office", "ENG", 2019, "fractional"),
    "the university as a head may see it": ("head:IMR", "*", 2022, "whole"),
    "an institute where it leads": ("head:IMR", "IMR", 2023, "lead"),
}
COUNTED = ["numerator", "denominator", "known", "unknown"]


def printed(folder: Path, reader: str, year: int, counting: str, *, department: str | None = None) -> pd.DataFrame:
    """What the command line prints for one year, by indicator and department."""
    file = folder / "figures.csv"
    options = [
        "--reader",
        reader,
        "--from",
        str(year),
        "--to",
        str(year),
        "--counting",
        counting,
        "--output",
        str(file),
    ]
    if department is not None:
        options += ["--department", department]
    assert manage.main(["figures", *options]) == 0
    return pd.read_csv(file).set_index(["indicator", "department"])


def page(name: str, reader: str, language: Language, **codes: str) -> AppTest:
    bare = {"region": "", "country": "", "level": "", "years": "2014-2025", "indicator": ""}
    return go(opened(reader, language), name, **{**bare, **codes})


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_figure_of_the_page_of_targets(view: tuple[str, str, int, str], tmp_path: Path) -> None:
    reader, department, year, counting = view
    expected = printed(tmp_path, reader, year, counting, department=department)
    for language in LANGUAGES:
        for target in TARGETS:
            codes = {"target": target, "department": department, "year": str(year), "counting": counting}
            at = page("targets", reader, language, **codes)
            written: dict[str, str] = {}
            of_indicators = [one for one in at.main.table if len(one.value.columns) > 4]  # not definitions side by side
            for one in of_indicators:
                written |= dict(zip(map(plain, one.value.iloc[:, 0]), map(plain, one.value.iloc[:, 1]), strict=True))
            figures = {one.name.said_in(language): one for one in of_target(target)}
            assert set(written) == set(figures)
            for name, indicator in figures.items():
                figure = expected.loc[[(indicator.key, department)]]
                assert without_count(written[name], figure, indicator) in said(figure, indicator.unit, language), name
            shown = [str(heading.value).replace("\\", "") for heading in at.main.subheader]
            assert [one.value for one in at.main.metric] == [
                count_alone(written[name])
                for name in shown
                if name in written and written[name] not in reasons(language)
            ]


COUNT_FIRST = re.compile(r"(?P<count>.*(?: of |のうち).*?)(?: \(|（)(?P<value>.*)[)）]")


def without_count(cell: str, figure: pd.DataFrame, indicator: Indicator) -> str:
    """The value of a cell; where n is small a count must lead, of the printed numerator and denominator."""
    top, bottom = float(figure["numerator"].iloc[0]), float(figure["denominator"].iloc[0])
    small = indicator.is_proportion and figure["status"].iloc[0] == OK and (bottom < 30 or top < 5) and top <= bottom
    led = COUNT_FIRST.fullmatch(cell)
    assert bool(led) == small, (cell, top, bottom)
    if led is None:
        return cell
    written = [float(number) for number in re.findall(r"[\d.]+", led["count"].replace(",", ""))]
    assert sorted(written) == pytest.approx(sorted([top, bottom]), abs=0.051), cell
    return led["value"]


def count_alone(cell: str) -> str:
    """As a card shows it: only the count where it leads."""
    led = COUNT_FIRST.fullmatch(cell)
    return led["count"] if led else cell


def plain(cell: str) -> str:
    """A cell's words without what keeps them in one line and Markdown out, and without the sign of incomplete data."""
    return cell.replace(JOINER, "").replace(NO_BREAK, " ").replace("\\", "").removesuffix(f" {SIGN}")


def said(figure: pd.DataFrame, unit: Unit, language: Language) -> set[str]:
    """One printed figure as a page may write it: a share beside its plan with a decimal more."""
    (status,), (value,) = figure["status"], figure["value"]
    if status != OK:
        return {reason[str(status)].said_in(language) for reason in (IN_A_CELL, STATUS)}
    precise = {f"{value:.2%}".replace("%", " %" if language == "en" else "%")} if unit == "share" else set()
    return {show(float(value), unit, language)} | precise


def reasons(language: Language) -> set[str]:
    return {words.said_in(language) for words in (*IN_A_CELL.values(), *STATUS.values())}


def test_every_figure_of_the_comparison(demonstration_url: str, tmp_path: Path) -> None:
    names = Records(connect(demonstration_url), WHOLE_UNIVERSITY).departments().set_index("name_en")["code"]
    printed_all = printed(tmp_path, "office", 2024, "fractional")
    for key in ("international_student_share", "international_copublication_share", "publications"):
        codes = {"indicator": key, "year": "2024", "counting": "fractional", "kind": "all", "department": ""}
        (table,) = (one.value for one in page("comparison", "office", "en", **codes).main.dataframe)
        assert len(table) > 20
        table.index = pd.Index(table["name"].map(names))
        expected = printed_all.loc[key].loc[table.index]
        unit = 0.01 if INDICATORS[key].unit == "share" else 1.0
        np.testing.assert_allclose(table["value"].to_numpy(float) * unit, expected["value"].to_numpy(float), rtol=1e-12)
        for name in set(COUNTED) & set(table):
            np.testing.assert_allclose(table[name].to_numpy(float), expected[name].to_numpy(float), atol=1e-9)
