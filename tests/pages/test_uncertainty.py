"""What pages call a change can be told from chance, by intervals worked out here once more; few are counted first."""

import re
from collections.abc import Hashable, Iterator
from math import isnan, sqrt
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binomtest

import manage
from metrics.catalogue import INDICATORS
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import Selection
from pages.parts.frame import PAGES
from tests.pages.reading import as_demonstration, fresh, go, opened, words
from tests.prepared import prepare_file
from vocabulary.text import LANGUAGES, Language

Row = dict[Hashable, Any]
Z = 1.959963984540054
UNDECIDED = {"en": "no distinguishable change", "ja": "有意な変化とはいえない"}
CALLED = re.compile(r"\b(up|down|rose|fell) (from )?[¥0-9]|[0-9](ポイント|人|件)?(増|減)(?!なし)|上昇|低下")
PEOPLE = """department,as_of,population,group,count
LAW,2023-05-01,undergraduate,all,11
LAW,2023-05-01,undergraduate,international,2
LAW,2024-05-01,undergraduate,all,11
LAW,2024-05-01,undergraduate,international,3
LAW,2025-05-01,undergraduate,all,11
LAW,2025-05-01,undergraduate,international,4
"""
DEPARTMENT = "code,parent_code,name_en,name_ja,kind,discipline\nLAW,,Faculty of Law,法学部,faculty,social_sciences\n"


def wilson(x: float, n: float) -> tuple[float, float]:
    middle, half = x + Z * Z / 2, Z * sqrt(x * (n - x) / n + Z * Z / 4)
    return (middle - half) / (n + Z * Z), (middle + half) / (n + Z * Z)


def told(indicator: Indicator, now: Row, before: Row) -> bool | None:
    """Newcombe's interval without 0, or the exact interval of one count in the sum of both without its half."""
    if isnan(now["low"]) or isnan(before["low"]):
        return None
    (x, n), (y, m) = ((float(row["numerator"]), float(row["denominator"])) for row in (now, before))
    if indicator.is_proportion:
        (low, high), (lower, higher) = wilson(x, n), wilson(y, m)
        difference = x / n - y / m
        below = difference - sqrt((x / n - low) ** 2 + (higher - y / m) ** 2)
        above = difference + sqrt((high - x / n) ** 2 + (y / m - lower) ** 2)
        return not below <= 0 <= above
    if x + y == 0:
        return False
    even = 0.5 if isnan(n) else n / (n + m)
    part = binomtest(int(x), int(x + y)).proportion_ci(method="exact")
    return not part.low <= even <= part.high


@pytest.fixture(scope="module")
def verdicts(whole_ledger: Ledger) -> dict[tuple[str, str], bool | None]:
    """Of each indicator and department with a value in FY2024 and FY2025."""
    chosen = Selection(fiscal_years=(2024, 2025), departments=("*", "LAW", "ENG"))
    table = tabulate(whole_ledger, INDICATORS.values(), selection=chosen)
    rows = {
        (row["indicator"], row["department"], row["fiscal_year"]): row
        for row in table.dropna(subset=["value"]).to_dict("records")
    }
    both = [(key, unit) for key, unit, year in rows if year == 2025 and (key, unit, 2024) in rows]
    return {(key, unit): told(INDICATORS[key], rows[key, unit, 2025], rows[key, unit, 2024]) for key, unit in both}


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "department"), [("overview", "*"), ("department", "ENG")])
def test_a_card_has_an_arrow_only_where_the_change_can_be_told(
    page: str, department: str, language: Language, verdicts: dict[tuple[str, str], bool | None]
) -> None:
    codes = {"year": "2025", "counting": "whole"} | ({"department": department} if department != "*" else {})
    at = go(opened("president", language), page, **codes)
    by_name = {indicator.name.said_in(language): key for key, indicator in INDICATORS.items()}
    cards = [(by_name[card.label], card) for card in at.metric if (by_name.get(card.label), department) in verdicts]
    assert len(cards) == 8
    for key, card in cards:
        verdict, proto = verdicts[key, department], card.proto
        assert (card.delta == UNDECIDED[language]) == (verdict is False), key
        if verdict is None:
            assert proto.color == proto.MetricColor.GRAY, key
    assert {verdicts[key, department] for key, _ in cards} >= {False}


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_lists_what_can_be_told_and_names_the_rest_as_not_judged(
    language: Language, verdicts: dict[tuple[str, str], bool | None]
) -> None:
    at = go(opened("president", language), "overview", year="2025", counting="whole")
    by_name = {indicator.name.said_in(language): key for key, indicator in INDICATORS.items()}
    said = [str(one.value).replace("\\", "") for one in at.main.markdown]
    title = {"en": "**What changed since FY2024**", "ja": "**2024年度からの変化**"}[language]
    names = [words.partition(" :small[")[0] for words in said[said.index(title) + 1 :]]
    listed = [by_name[name] for name in names if name in by_name]
    sure = [key for key in listed if verdicts[key, "*"]]
    assert 1 <= len(sure) <= 5
    assert listed[: len(sure)] == sure, "those that can be told come first"
    assert all(verdicts[key, "*"] is None for key in listed[len(sure) :])
    unjudged = {"en": "Not judged against chance:", "ja": "偶然との区別を判定しないもの："}[language]
    assert unjudged in [one.value for one in at.main.caption]


@pytest.mark.usefixtures("demonstration")
def test_tables_put_what_can_be_chance_in_brackets_and_say_so(
    verdicts: dict[tuple[str, str], bool | None],
) -> None:
    codes = {"department": "LAW", "year": "2025", "target": "education", "counting": "whole"}
    at = go(opened("president", "en"), "targets", **codes, region="", country="", level="", indicator="")
    by_name = {indicator.name.en: key for key, indicator in INDICATORS.items()}
    cells: dict[str, str] = {}
    for one in at.main.table:
        columns = {str(name).replace("\u00a0", " ").strip(): name for name in one.value.columns}
        if "Since FY2024" not in columns:
            continue  # two definitions side by side
        names = [str(name).replace("\\", "").replace("\u00a0", " ").strip() for name in one.value.iloc[:, 0]]
        cells |= dict(zip(names, one.value[columns["Since FY2024"]], strict=True))
    checked = {by_name[name]: str(cell) for name, cell in cells.items() if (by_name[name], "LAW") in verdicts}
    assert len(checked) > 10
    for key, cell in checked.items():
        assert cell.startswith(("(", "\\(")) == (verdicts[key, "LAW"] is False), (key, cell)
    assert any("In brackets: no distinguishable change since FY2024" in str(one.value) for one in at.main.caption)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_tells_interval_stability_and_change(language: Language) -> None:
    codes = {"target": "research", "department": "*", "year": "2025", "counting": "whole", "country": "", "level": ""}
    at = go(opened("president", language), "targets", **codes, region="", indicator="international_copublication_share")
    told_here = "\n".join(str(one.value).replace("\\", "") for one in at.main.caption)
    assert {
        "en": "95 % interval 39.2 % to 41.6 % (Wilson).",
        "ja": "95%信頼区間39.2%〜41.6%（ウィルソン法）。",
    }[language] in told_here
    assert {"en": "Stability interval 39.", "ja": "安定性区間39."}[language] in told_here
    assert {
        "en": "No distinguishable change since FY2024 (+0.6 points; 95 % interval",
        "ja": "2024年度からの変化は有意とはいえない：+0.6ポイント、95%信頼区間",
    }[language] in told_here
    at = go(at, "targets", **(codes | {"target": "industry"}), region="", indicator="industry_funding")
    told_here = "\n".join(str(one.value).replace("\\", "") for one in at.main.caption)
    assert {"en": "Not judged against chance: amounts", "ja": "偶然との区別は判定しない（金額"}[language] in told_here
    assert "Stability" not in told_here


@pytest.fixture(scope="module")
def eleven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A university of one faculty with eleven students: two, three, then four of them international."""
    folder = tmp_path_factory.mktemp("eleven")
    files: list[tuple[str, Path]] = []
    for kind, text in (("departments", DEPARTMENT), ("populations", PEOPLE)):
        files.append((kind, folder / f"{kind}.csv"))
        files[-1][1].write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", as_demonstration(prepare_file(folder / "monitor.db")))
        patch.setenv("MONITOR_READERS", "demonstration")
        for kind, file in files:
            assert manage.main(["import", kind, str(file)]) == 0
        yield


@pytest.mark.usefixtures("eleven")
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_person_more_of_eleven_is_called_a_change_on_no_page(language: Language) -> None:
    at = fresh("president", language)
    for page in PAGES:
        shown = words(go(at, page, year="2025", department="LAW", indicator="international_student_share"))
        assert [word for word in shown if CALLED.search(word)] == [], page
        if page in ("overview", "targets", "department"):
            assert any(UNDECIDED[language] in word for word in shown), page
            assert any({"en": "4 of 11", "ja": "11人のうち4人"}[language] in word for word in shown), page
