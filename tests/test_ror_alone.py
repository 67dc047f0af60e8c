"""From a ROR id alone: an empty database, one command, and the figures that open data gives, counted a second time."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import manage
from metrics.catalogue import INDICATORS
from tests.data_access.sources.replay import serving
from tests.data_access.sources.synthetic_works import FIRST_DAY, MUNICH, OTHERS, works

YEARS = range(2021, 2026)
KINDS = {other.written()["ror"]: other for other in OTHERS}
NO_PUBLICATION = {"dataset", "paratext", "erratum"}
LEAST_DEVELOPED = {"BD", "NP"}
TO_BE_HAD = {  # key -> target; what needs headcounts, money or other records is not among them
    **dict.fromkeys(
        (
            "publications",
            "international_copublication_share",
            "led_international_share",
            "multilateral_share",
            "long_distance_share",
            "short_distance_share",
            "top_10_percent_share",
            "top_10_percent_international_share",
            "sustained_partners",
            "research_network_index",
            "top_partner_dependence",
            "partner_countries",
            "partner_institutions",
        ),
        "research",
    ),
    **dict.fromkeys(
        (
            "industry_copublication_share",
            "international_industry_copublication_share",
            "overseas_companies",
            "repeat_company_share",
        ),
        "industry",
    ),
    **dict.fromkeys(
        ("sdg_international_share", "least_developed_share", "sdg_coverage", "newcomer_share"),
        "society",
    ),
}

Work = dict[str, object]
Figure = tuple[str, str, str]  # numerator, denominator, status


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Work], dict[tuple[str, int], Figure]]]:
    """400 works of the university at Munich, served page by page, and the university's figures after one command."""
    folder, published = tmp_path_factory.mktemp("alone"), works(400, seed=1)
    with pytest.MonkeyPatch.context() as patch, serving(published) as replay:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'monitor.db'}")
        replay.per_page, replay.home = 100, {"ror": f"https://ror.org/{MUNICH.ror}", "id": "https://openalex.org/I1"}
        where = ("--api", replay.api, "--folder", str(folder / "openalex"))
        assert manage.main(["import", "works", "--ror", MUNICH.ror, "--from", "2021", *where]) == 0
        output = folder / "figures.csv"
        assert manage.main(["figures", "--from", "2021", "--to", "2025", "--output", str(output)]) == 0
        yield published, _figures(output)


def _figures(path: Path) -> dict[tuple[str, int], Figure]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["department"] for row in rows} == {"*"}
    return {
        (row["indicator"], int(row["fiscal_year"])): (row["numerator"], row["denominator"], row["status"])
        for row in rows
    }


def test_the_targets_of_research_industry_and_society_have_figures(
    told: tuple[list[Work], dict[tuple[str, int], Figure]],
) -> None:
    figures = told[1]
    found = {key for (key, _), (_, _, status) in figures.items() if status == "ok"}
    assert {key: INDICATORS[key].target for key in found} == TO_BE_HAD
    always = found - {"newcomer_share"}  # looks back three years
    assert {(key, year) for key in always for year in YEARS if figures[key, year][2] != "ok"} == set()


# --- the same figures, counted from the works themselves


def countries(work: Work) -> set[str]:
    return {country for one in work["authorships"] for country in one["countries"]}  # type: ignore[attr-defined]


def partners(work: Work) -> set[str]:
    """ROR ids of the others; the university and its hospital are none."""
    listed = work["authorships"]
    assert isinstance(listed, list)
    return {place["ror"] for one in listed for place in one["institutions"]} & set(KINDS)


def goals(work: Work) -> set[str]:
    listed = work["sustainable_development_goals"]
    assert isinstance(listed, list)
    return {goal["id"] for goal in listed if goal["score"] >= 0.4}


def led_elsewhere(work: Work) -> bool:
    listed = work["authorships"]
    assert isinstance(listed, list)
    return any(one["is_corresponding"] and one["institutions"][0]["ror"] in KINDS for one in listed)


def percentile(work: Work) -> float | None:
    found = work["citation_normalized_percentile"]
    return found["value"] if isinstance(found, dict) else None


def counted(works: list[Work], year: int) -> dict[str, tuple[float, float | None]]:
    """Numerator and denominator of the figures of one fiscal year, April to March."""
    papers = [
        work
        for work in works
        if not work["is_retracted"]
        and work["type"] not in NO_PUBLICATION
        and f"{year}-04-01" <= str(work["publication_date"]) <= f"{year + 1}-03-31"
    ]
    abroad = [work for work in papers if countries(work) - {"DE"}]
    goal = [work for work in papers if goals(work)]
    ranked = [work for work in papers if percentile(work) is not None]
    foreign = {ror for work in papers for ror in partners(work) if KINDS[ror].country != "DE"}
    companies = [work for work in papers if any(KINDS[ror].kind == "company" for ror in partners(work))]
    abroad_too = [
        w for w in papers if any(KINDS[r].kind == "company" and KINDS[r].country != "DE" for r in partners(w))
    ]
    number = len(papers)
    return {
        "publications": (number, None),
        "international_copublication_share": (len(abroad), number),
        "led_international_share": (sum(not led_elsewhere(work) for work in abroad), len(abroad)),
        "multilateral_share": (sum(len(countries(work) - {"DE"}) >= 2 for work in papers), number),
        "top_10_percent_share": (sum((percentile(work) or 0) >= 0.9 for work in ranked), len(ranked)),
        "partner_institutions": (len(foreign), None),
        "partner_countries": (len({c for work in papers for c in countries(work)} - {"DE"}), None),
        "industry_copublication_share": (len(companies), number),
        "international_industry_copublication_share": (len(abroad_too), number),
        "sdg_international_share": (sum(work in abroad for work in goal), len(goal)),
        "least_developed_share": (sum(bool(countries(work) & LEAST_DEVELOPED) for work in papers), number),
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_figures_are_those_of_a_second_count(
    year: int, told: tuple[list[Work], dict[tuple[str, int], Figure]]
) -> None:
    published, figures = told
    wanted = counted(published, year)
    found = {key: figures[key, year][:2] for key in wanted}
    assert {key: (float(n), float(d) if d else None) for key, (n, d) in found.items()} == wanted


def test_the_works_reach_over_the_years_that_are_counted() -> None:
    assert FIRST_DAY.isoformat() == "2021-04-01"
    assert all(counted(works(400, seed=1), year)["publications"][0] > 20 for year in YEARS)
