"""Whom a department works with, and who its people are: each counted by hand in the small university."""

import numpy as np
import pandas as pd
import pytest

from metrics.ledger import Ledger
from metrics.people import people_of
from metrics.portfolio import Portfolio, Question
from metrics.ties import Tie, country_ties, partner_ties
from vocabulary.text import Text


@pytest.fixture(scope="module")
def named(small_frames: dict[str, pd.DataFrame]) -> Ledger:
    """The small university; its partners and countries are called by their codes, some in Japanese too."""
    frames = dict(small_frames)
    for table, code in (("partners", "partner_id"), ("countries", "code")):
        en = "No. " + frames[table][code].astype(str)
        frames[table] = frames[table].assign(name_en=en, name_ja=en.where(en != "No. 10", "").str.replace("No. ", "第"))
    return Ledger.of(frames)


def of(ledger: Ledger, department: str) -> Portfolio:
    return Portfolio(ledger=ledger, question=Question(department=department, fiscal_years=(2022,)))


def test_a_partner_is_told_with_what_is_done_with_it(named: Ledger) -> None:
    """ENG in FY2022: a paper with Bonn (10), contracts with Berlin Motors (14) and Boston Bio (13); Sendai is home."""
    number, ties = partner_ties(of(named, "ENG"), most=8)
    assert number == 3
    assert {tie.code: dict(tie.kinds) for tie in ties} == {
        "10": {"publication": 1},
        "13": {"industry_contract": 1},
        "14": {"industry_contract": 1},
    }
    assert ties[0].name == Text("No. 10", "No. 10"), "the English name where there is no Japanese one"


def test_countries_count_what_is_known_with_or_without_a_partner(named: Ledger) -> None:
    """ENG in FY2022: Germany in paper 2, exchange 11, contract 16; France in paper 2, exchange 12; the US in 17."""
    number, ties = country_ties(of(named, "ENG"), most=2)
    assert number == 3
    assert [(tie.code, tie.activities) for tie in ties] == [("DE", 3), ("FR", 2)]


def test_a_tie_tells_three_kinds_and_adds_up_the_others() -> None:
    kinds = {"publication": 1200, "academic_agreement": 3, "patent_filing": 2, "startup": 1, "sdg_course": 1}
    tie = Tie(code="1", name=Text("Bonn", "ボン"), country="DE", kinds=kinds)
    assert tie.text == Text(
        "Publication 1,200, Academic agreement 3, Patent filing 2, other 2",
        "論文1,200件、学術交流協定3件、特許出願2件、その他2件",
    )


def test_a_person_counts_once_and_one_of_unknown_name_once_a_record(small: Ledger) -> None:
    """ENG: persons 1, 2, 3 at master's level abroad; papers 2 and contracts 16, 17 have one nameless person each."""
    people = people_of(of(small, "ENG"))
    assert people.by_level == {"master": 3, "": 3}
    assert people.taking_part == 6
    assert people.students == 100
    assert np.isnan(people.headcounts["staff"])


def test_students_that_nobody_counted_are_not_none(small: Ledger) -> None:
    assert np.isnan(people_of(of(small, "NEW")).students)
