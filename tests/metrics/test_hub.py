"""The university as a hub: against hand-worked matrices, and against a plain count of random universities."""

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from metrics.country_reference import AS_EXPECTED, LESS, MORE, UNKNOWN, countries_beside, reference_of, sources
from metrics.dependence import dependence, on_one_person, persons_by_partner
from metrics.exchange import INBOUND, OUTBOUND, exchange, exchange_by_partner, years_of
from metrics.hub_findings import preference_sentence, ties_sentence
from metrics.ledger import Ledger
from metrics.partner_network import partner_network, picture
from metrics.portfolio import Portfolio, Question
from metrics.view import Selection
from tests.metrics.building import Activity, Department, Partner, frames
from tests.metrics.oracle_facts import HOME, fiscal_year
from tests.metrics.strategies import TODAY, University, universities
from vocabulary.text import Text

BONN, LYON, ULM, BOSTON = Partner(10, "DE"), Partner(11, "FR"), Partner(12, "DE"), Partner(13, "US")
YEARS = (2020, 2021, 2022, 2023)
NAMES = {"DE": Text("Germany", "ドイツ"), "FR": Text("France", "フランス"), "US": Text("United States", "アメリカ")}


def paper(*partners: Partner, people: tuple[int, ...] = (1,), start: str = "2022-06-01") -> Activity:
    return Activity(kind="publication", start=start, departments="ENG", partners=partners, people=people)


def portfolio(*activities: Activity, years: tuple[int, ...] = (2022,), **asked: object) -> Portfolio:
    ledger = Ledger.of(frames([Department("ENG")], activities), today=TODAY)
    return Portfolio(ledger, Question(fiscal_years=years, **asked))  # type: ignore[arg-type]  # handed on


def matrix(*rows: tuple[str, str, int], period: str = "2022", source: str = "NSF") -> pd.DataFrame:
    columns = ["source", "period", "country_a", "country_b", "papers"]
    return pd.DataFrame([(source, period, *row) for row in rows], columns=columns)


MATRIX = matrix(("", "", 1000), ("DE", "", 300), ("FR", "", 200), ("JP", "", 100), ("DE", "JP", 40), ("FR", "JP", 10))
HUNDRED = [paper(BONN)] * 60 + [paper(LYON)] * 20 + [paper(BONN, BOSTON)] * 20


def test_countries_beside_the_world_and_beside_home() -> None:
    """100 papers, 80 with Germany, 20 with France; of the world's 30 % and 20 %, of Japan's 40 % and 10 %."""
    asked = portfolio(*HUNDRED)
    reference = reference_of(MATRIX, (2022,), "JP", "NSF")
    world = countries_beside(asked, reference, "world").set_index("country")
    assert world.loc[["DE", "FR", "US"], "joint"].to_list() == [80, 20, 20]
    assert world.loc[["DE", "FR"], "expected"].to_list() == pytest.approx([30, 20])
    assert world.loc[["DE", "FR"], "ratio"].to_list() == pytest.approx([80 / 30, 1])
    assert world["verdict"].to_dict() == {"DE": MORE, "FR": AS_EXPECTED, "US": UNKNOWN}
    assert world.loc["DE", "share"] == pytest.approx(0.8)
    assert world.loc["DE", "index"] == pytest.approx((80 / 100) / (300 / 1000))
    assert world.loc["DE", "home_index"] == pytest.approx((40 / 100) / (300 / 1000))
    assert world.loc["DE", "relative_intensity"] == pytest.approx((80 / 100) / ((300 - 80) / (1000 - 100)))
    assert world.loc["DE", "salton"] == pytest.approx(80 / (100 * 300) ** 0.5)
    home = countries_beside(asked, reference, "home").set_index("country")
    assert home.loc[["DE", "FR"], "expected"].to_list() == pytest.approx([40, 10])
    assert home["verdict"].to_dict() == {"DE": MORE, "FR": MORE, "US": UNKNOWN}
    assert home["index"].equals(world["index"])


def test_limits_are_the_exact_ones_of_a_small_count() -> None:
    """Three papers where one was expected are no preference: exact Poisson limits of 3 are 0.6187 and 8.7673."""
    asked = portfolio(*[paper(LYON)] * 3, *[paper(BONN)] * 7)
    reference = reference_of(matrix(("", "", 1000), ("FR", "", 100), ("DE", "", 700)), (2022,), "JP", "NSF")
    row = countries_beside(asked, reference).set_index("country").loc["FR"]
    assert row["ratio"] == pytest.approx(3)
    assert row["verdict"] == AS_EXPECTED
    assert [row["low"], row["high"]] == pytest.approx([0.6187, 8.7673], abs=1e-4)


def test_a_country_that_is_missing_is_told_where_some_were_expected() -> None:
    """No paper with the United States: expected are 4 of 10, and 0 has the upper limit 3.69."""
    rows = (("", "", 1000), ("US", "", 400), ("FR", "", 300), ("DE", "", 990))
    found = countries_beside(portfolio(*[paper(BONN)] * 10), reference_of(matrix(*rows), (2022,), "JP", "NSF"))
    assert found.set_index("country")["verdict"].to_dict() == {"DE": AS_EXPECTED, "US": LESS}  # France: 3 were expected


def test_a_matrix_that_does_not_hold_our_own_papers_gives_no_index_of_both_totals() -> None:
    rows = (("", "", 1000), ("DE", "", 5), ("JP", "", 100))
    found = countries_beside(portfolio(*[paper(BONN)] * 10), reference_of(matrix(*rows), (2022,), "JP", "NSF"))
    row = found.set_index("country").loc["DE"]
    assert np.isnan([row["relative_intensity"], row["salton"], row["index"]]).all()


def test_periods_within_the_years_add_up_and_a_pair_that_one_does_not_tell_is_unknown() -> None:
    both = pd.concat(
        [
            matrix(("", "", 10), ("DE", "", 5), ("DE", "JP", 1), period="2021"),
            matrix(("", "", 20), ("DE", "", 6), period="2022"),
            matrix(("", "", 90), period="2010-2022"),
        ]
    )
    reference = reference_of(both, (2020, 2021, 2022), "JP", "NSF")
    assert (reference.periods, reference.world) == (("2021", "2022"), 30)
    assert reference.of_country(["DE", "FR"]).tolist() == pytest.approx([11, np.nan], nan_ok=True)
    assert np.isnan(reference.of_home_with(["DE"])).all()


@pytest.mark.parametrize(
    ("periods", "years", "expected"),
    [
        (["2016-2020", "2021-2025"], range(2021, 2026), ("2021-2025",)),
        (["2016-2020", "2021-2025"], range(2016, 2026), ("2016-2020", "2021-2025")),
        (["2016-2020", "2021-2025"], (2024, 2025), ("2021-2025",)),
        (["2016-2020", "2021-2025"], (2014,), ("2016-2020",)),
        (["2021-2025", "2023"], range(2021, 2026), ("2021-2025",)),
        (["2021-2023", "2023-2025"], range(2021, 2026), ("2023-2025",)),
    ],
)
def test_which_periods_are_meant(periods: list[str], years: tuple[int, ...], expected: tuple[str, ...]) -> None:
    rows = pd.concat([matrix(("", "", 1), period=period) for period in periods])
    assert reference_of(rows, years, "JP", "NSF").periods == expected


def test_a_source_that_is_not_there_is_told_with_those_that_are() -> None:
    two = pd.concat([MATRIX, matrix(("", "", 1), source="OpenAlex")])
    assert sources(two) == ["NSF", "OpenAlex"]
    with pytest.raises(LookupError, match=r"no matrix of 'WoS'; there are \['NSF', 'OpenAlex'\]"):
        reference_of(two, (2022,), "JP", "WoS")


def test_the_sentence_names_what_differs_by_most_papers_and_says_when_nothing_is_known() -> None:
    found = countries_beside(portfolio(*HUNDRED), reference_of(MATRIX, (2022,), "JP", "NSF"))
    assert "more with Germany (80, 2.7 times what is expected), and fewer with no country" in (
        preference_sentence(found, "world", NAMES).en
    )
    nothing = countries_beside(portfolio(*HUNDRED), reference_of(matrix(("", "", 1)), (2022,), "JP", "NSF"))
    assert "no matrix of countries" in preference_sentence(nothing, "world", NAMES).en


def test_dependence_on_persons_countries_and_partners() -> None:
    """Person 1 is in 4 of the 6 papers that name somebody; with 2 they are in all; half (3) needs one person."""
    found = dependence(
        portfolio(
            *[paper(BONN, people=(1,))] * 3,
            paper(BONN, LYON, people=(1, 2)),
            paper(ULM, people=(2,)),
            paper(BOSTON, people=(3,)),
            paper(BONN, people=()),
            paper(Partner(99, HOME), people=(1,)),
        )
    )
    assert (found.activities, found.with_persons, found.persons, found.half) == (7, 6, 3, 1)
    assert found.largest_person == pytest.approx(4 / 6)
    assert found.largest_country == "DE"
    assert found.country_share == pytest.approx(6 / 7)
    assert found.partner_share == pytest.approx(5 / 7)
    assert found.top_partners_share == 1


def test_partners_of_one_person() -> None:
    found = persons_by_partner(
        portfolio(
            *[paper(BONN, people=(1,))] * 3,
            *[paper(ULM, people=(1,))] * 2,
            paper(ULM, people=(2,)),
            *[paper(LYON, people=(person,)) for person in (1, 2, 3)],
            *[paper(BOSTON, people=())] * 3,
            paper(LYON, people=(4, 5)),
        )
    )
    assert found["persons"].to_list() == [1, 2, 5]
    assert found["largest"].to_list() == pytest.approx([1, 2 / 3, 1 / 4])
    assert on_one_person(found)["activities"].to_list() == [3, 3]


def test_nothing_abroad_depends_on_nobody() -> None:
    asked = portfolio(paper(Partner(99, HOME)))
    found = dependence(asked)
    assert (found.activities, found.persons, found.half, found.largest_country, found.largest_partner) == (
        *(0, 0, 0, "", -1),
    )
    assert np.isnan([found.largest_person, found.country_share, found.partner_share]).all()
    assert persons_by_partner(asked).empty
    assert exchange(asked, exchange_by_partner(asked)).partners == 0
    network = partner_network(asked, "institutions", 1)
    assert network.nodes.empty
    assert picture(network).nodes.empty
    assert ties_sentence(network, "institutions", 3, {}).en == "No two partner institutions share 3 or more with us."


def test_a_network_in_pieces_is_drawn_in_pieces_that_do_not_overlap() -> None:
    asked = portfolio(paper(BONN, LYON), paper(BONN, LYON), paper(ULM, BOSTON), paper(Partner(14, "NP")))
    network = partner_network(asked, "institutions", 1)
    assert (len(network.nodes), network.left_out) == (4, 1)
    assert network.nodes["component"].to_list() == [1, 1, 2, 2]
    seen = picture(network)
    boxes = [seen.nodes.loc[seen.nodes["component"] == number, ["x", "y"]] for number in (1, 2)]
    assert any(
        boxes[0][axis].max() < boxes[1][axis].min() or boxes[1][axis].max() < boxes[0][axis].min() for axis in "xy"
    )
    pd.testing.assert_frame_equal(picture(network).nodes, seen.nodes)
    assert "fall into 2 groups" in ties_sentence(network, "institutions", 1, dict.fromkeys(range(9), NAMES["DE"])).en
    assert len(partner_network(asked, "institutions", 2).nodes) == 2


def abroad(activity: Activity) -> set[str]:
    return {code for code in (*activity.countries, *(p.country for p in activity.partners)) if code != HOME}


@settings(deadline=None, max_examples=20)
@given(university=universities())
def test_links_and_dependence_are_those_that_a_plain_count_finds(university: University) -> None:
    kinds = tuple(sorted(university.kinds))[:1]
    asked = Portfolio(university.ledger(), Question(fiscal_years=YEARS, types=kinds))
    events = oracle_activities(asked, university)
    partners = asked.ledger.partner_table["partner_id"].to_list()
    for of in ("institutions", "countries"):
        expected: Counter[frozenset[object]] = Counter()
        for one in events:
            codes = {p.number for p in one.partners if p.country != HOME} if of == "institutions" else abroad(one)
            expected.update(map(frozenset, combinations(sorted(codes, key=str), 2)))
        names = partners if of == "institutions" else asked.ledger.country_codes
        links = partner_network(asked, of, 1).links
        found = {frozenset((names[a], names[b])): w for a, b, w in links.itertuples(index=False, name=None)}
        assert found == dict(expected)
    international = [one for one in events if abroad(one)]
    persons = Counter(person for one in international for person in set(one.people))
    named = sum(bool(one.people) for one in international)
    told = dependence(asked)
    assert (told.activities, told.with_persons, told.persons) == (len(international), named, len(persons))
    if persons:
        assert told.largest_person == pytest.approx(max(persons.values()) / named)
    by_partner = persons_by_partner(asked, least=1).set_index("partner")
    for place, row in by_partner.iterrows():
        with_it = [one for one in events if partners[int(str(place))] in {p.number for p in one.partners}]
        of_partner = Counter(person for one in with_it for person in set(one.people))
        assert (row["activities"], row["persons"]) == (len(with_it), len(of_partner))
        assert row["largest"] == pytest.approx(max(of_partner.values()) / sum(bool(one.people) for one in with_it))


def oracle_activities(asked: Portfolio, university: University) -> list[Activity]:
    """The activities of the question, found by the oracle's own rule of when each counts."""
    oracle = university.oracle(selection=Selection(), counting="whole")
    kinds = asked.question.types or ()
    return [one for one in university.activities if one.kind in kinds and any(oracle.counts_in(one, y) for y in YEARS)]


@settings(deadline=None, max_examples=20)
@given(university=universities())
def test_exchange_is_that_of_a_plain_count(university: University) -> None:
    moved = [
        Activity(**(vars(one) | {"kind": INBOUND if number % 2 else OUTBOUND}))
        for number, one in enumerate(university.activities)
    ]
    ledger = Ledger.of(frames(university.departments, moved), today=TODAY)
    asked = Portfolio(ledger, Question(fiscal_years=(2022, 2023)))
    found = exchange_by_partner(asked)
    partners = ledger.partner_table["partner_id"].to_list()
    shown = {
        partners[partner]: (came, went)
        for partner, came, went in zip(found["partner"], found["came"], found["went"], strict=True)
    }
    expected = {}
    for partner in {p.number: p for one in moved for p in one.partners if p.country != HOME}:
        flows = tuple(
            persons_of([one for one in moved if one.kind == kind and counts(one, asked) and has(one, partner)])
            for kind in (INBOUND, OUTBOUND)
        )
        if sum(flows):
            expected[partner] = flows
    assert shown == expected
    for partner, share in zip(found["partner"], found["reciprocity"], strict=True):
        came, went = expected[partners[partner]]
        assert share == pytest.approx(min(came, went) / max(came, went))


def counts(activity: Activity, asked: Portfolio) -> bool:
    return fiscal_year(pd.Timestamp(activity.start).date()) in years_of(asked)


def has(activity: Activity, partner: int) -> bool:
    return partner in {p.number for p in activity.partners}


def persons_of(activities: list[Activity]) -> int:
    """Distinct ids, plus the numbers of records without ids, plus one for each record with neither."""
    ids = {person for one in activities for person in one.people}
    without = [one for one in activities if not one.people]
    return len(ids) + sum(1 if one.people_count is None else one.people_count for one in without)
