"""What the tests of figures share: one small university that holds each trap once."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest

from metrics.ledger import Ledger
from tests.metrics.building import Activity, Department, Headcount, Partner, Rate, frames

BONN = Partner(10, "DE")
LYON = Partner(11, "FR")
SENDAI_STEEL = Partner(12, "JP", "company")
BOSTON_BIO = Partner(13, "US", "company|healthcare")
BERLIN_MOTORS = Partner(14, "DE", "company")

DEPARTMENTS = (
    Department("FAC"),
    Department("ENG", "FAC"),
    Department("SCI", "FAC"),
    Department("LAW"),
    Department("OLD", closed="2022-03-31"),
    Department("NEW", opened="2022-04-01"),
)


def _papers() -> list[Activity]:
    def paper(start: str, departments: str, lead: str = "", *partners: Partner, countries: str = "") -> Activity:
        named = tuple(countries.split(";")) if countries else ()
        return Activity(
            kind="publication", start=start, departments=departments, lead=lead, partners=partners, countries=named
        )

    return [
        paper("2022-03-31", "ENG", "", BONN),
        paper("2022-04-01", "ENG:0.6;SCI:0.4", "", BONN, countries="DE;FR"),
        paper("2022-06-01", "ENG;LAW", "ENG", SENDAI_STEEL),
        paper("2022-07-01", "SCI", "external"),
        paper("2022-08-01", "SCI;LAW", "LAW", countries="US"),
        paper("2023-03-31", "LAW", "", BONN),
    ]


def _agreements() -> list[Activity]:
    spans = [
        ("2021-05-01", "2022-04-30"),
        ("2020-05-02", "2022-05-01"),
        ("2021-06-01", ""),
        ("2022-05-02", "2023-04-30"),
    ]
    return [
        Activity(kind="academic_agreement", start=start, end=end, departments="LAW", partners=(LYON,))
        for start, end in spans
    ]


def _exchanges() -> list[Activity]:
    def sent(
        departments: str, countries: str = "", people: tuple[int, ...] = (), count: int | None = None, level: str = ""
    ) -> Activity:
        return Activity(
            kind="student_exchange_outbound",
            start="2022-09-01",
            departments=departments,
            countries=tuple(countries.split(";")) if countries else (),
            people=people,
            people_count=count,
            level=level,
        )

    return [
        sent("ENG", "DE", (1, 2), level="master"),
        sent("ENG", "FR", (2, 3), level="master"),
        sent("SCI", "DE;US", (3,), level="doctoral"),
        sent("SCI", count=5),
        sent("LAW", "US", level="undergraduate"),
    ]


def _contracts() -> list[Activity]:
    def contract(departments: str, amount: float, currency: str, partner: Partner) -> Activity:
        return Activity(
            kind="industry_contract",
            start="2022-10-01",
            departments=departments,
            amount=amount,
            currency=currency,
            partners=(partner,),
        )

    return [
        contract("ENG:0.75;LAW:0.25", 1_000_000, "JPY", BERLIN_MOTORS),
        contract("ENG", 10_000, "USD", BOSTON_BIO),
        contract("SCI", 5_000, "EUR", BERLIN_MOTORS),
        contract("SCI", 200_000, "JPY", SENDAI_STEEL),
    ]


ACTIVITIES = (*_papers(), *_agreements(), *_exchanges(), *_contracts())

POPULATIONS = (
    Headcount("ENG", "2022-05-01", "master", "all", 100),
    Headcount("ENG", "2022-05-01", "master", "international", 20),
    Headcount("ENG", "2022-05-01", "master", "international", 8, "DE"),
    Headcount("ENG", "2022-05-01", "master", "international", 8, "FR"),
    Headcount("SCI", "2022-05-01", "master", "all", 50),
    Headcount("SCI", "2022-05-01", "master", "international", 5),
    Headcount("LAW", "2022-05-01", "master", "all", 1),
    Headcount("LAW", "2022-05-01", "master", "international", 0),
    Headcount("*", "2022-05-01", "master", "all", 160),
    Headcount("LAW", "2023-05-01", "master", "all", 1),
    Headcount("LAW", "2023-05-01", "master", "international", 1),
    Headcount("ENG", "2022-11-01", "master", "all", 110),
    Headcount("ENG", "2022-11-01", "master", "international", 33),
    Headcount("ENG", "2022-06-30", "master", "whole_year", 21),
    Headcount("ENG", "2023-03-31", "master", "whole_year", 24),
)


@pytest.fixture(scope="session")
def small_frames() -> Mapping[str, pd.DataFrame]:
    """The frames of the small university; see `small`."""
    return frames(DEPARTMENTS, ACTIVITIES, POPULATIONS, rates=[Rate("USD", 2022, 130.0), Rate("EUR", 2021, 140.0)])


@pytest.fixture(scope="session")
def small(small_frames: Mapping[str, pd.DataFrame]) -> Ledger:
    """The small university, in which each way to get a number wrong waits once.

    ```
    *  university      headcounts (master, 1 May 2022)      all   international
    ├─ FAC                                                    -    -
    │  ├─ ENG          1 Nov 2022: 110 and 33               100   20 (8 DE, 8 FR, 4 unknown); whole year 21, then 24
    │  └─ SCI                                                50    5
    ├─ LAW             1 May 2023: 1 of 1                     1    0
    ├─ OLD  until 31 March 2022                               -    -
    └─ NEW  from 1 April 2022                        (*)    160    -

    no  publication  departments       lead      countries (through partner)
    1   31 Mar 2022  ENG               blank     (DE)
    2    1 Apr 2022  ENG:0.6;SCI:0.4   blank     (DE), DE, FR: two of one region
    3    1 Jun 2022  ENG;LAW           ENG       (JP company)
    4    1 Jul 2022  SCI               external  none
    5    1 Aug 2022  SCI;LAW           LAW       US
    6   31 Mar 2023  LAW               blank     (DE)

    no  academic_agreement of LAW        no  student_exchange_outbound, 1 Sep 2022
    7   1 May 2021 - 30 Apr 2022         11  ENG  persons 1, 2   DE        master
    8   2 May 2020 -  1 May 2022         12  ENG  persons 2, 3   FR        master
    9   1 Jun 2021 -  open               13  SCI  person 3       DE, US    doctoral
    10  2 May 2022 - 30 Apr 2023         14  SCI  5 without ids  none      no level
                                         15  LAW  neither        US        undergraduate

    no  industry_contract, 1 Oct 2022    rates: 130 yen a USD in FY2022; EUR only in FY2021
    16  ENG:0.75;LAW:0.25  1,000,000 JPY  DE company      18  SCI      5,000 EUR  DE company
    17  ENG                   10,000 USD  US company      19  SCI    200,000 JPY  JP company
    ```
    """
    return Ledger.of(small_frames, today=date(2024, 1, 1))
