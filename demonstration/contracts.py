"""Contracts with companies: sums by year, exactly as published in FY2024; some in dollars and euros."""

import numpy as np

from demonstration.chance import Chance, Flags, Whole, spread
from demonstration.departments import TABLES, Profiles, read
from demonstration.partners import HOME, Partners
from demonstration.people import People
from demonstration.rows import Row, activity_rows
from demonstration.years import YEARS, days_in, written
from vocabulary.activity_types import ACTIVITY_TYPES

KIND = "industry_contract"
COUNTS = (64, 68, 73, 78, 84, 90, 80, 86, 95, 104, 113, 121)
MILLIONS = (4100, 4400, 4750, 5150, 5600, 6100, 5700, 6250, 7000, 7750, 8600, 9350)
"""Yen of all contracts, FY2014 to FY2025, in millions; FY2024 as published."""
ABROAD = (5, 6, 6, 7, 8, 9, 8, 10, 12, 13, 16, 18)
"""Contracts with companies abroad."""
UNKNOWN_PER_MILLE = 20
LARGEST = 4000
"""No contract is more than about ten times the usual."""
CURRENCIES = ("JPY", "USD", "EUR")
CURRENCY_WEIGHTS = (50, 33, 17)


def contract_rows(chance: Chance, profiles: Profiles, partners: Partners, people: People) -> list[Row]:
    """One row a contract."""
    return [row for position in range(len(YEARS)) for row in _of_year(chance, profiles, partners, people, position)]


def _quarter_yen(year: int) -> dict[str, int]:
    """The rates of a year in quarters of a yen: whole numbers, so that sums in yen are exact."""
    rows = [row for row in read(TABLES / "rates.csv") if row["fiscal_year"] == str(year)]
    return {row["currency"]: int(4 * float(row["jpy"])) for row in rows} | {"JPY": 4}


def _of_year(chance: Chance, profiles: Profiles, partners: Partners, people: People, position: int) -> list[Row]:
    year, count = YEARS[position], COUNTS[position]
    department = chance.pick(profiles.weights["industry"], count)
    abroad = chance.chosen(ABROAD[position], np.ones(count, dtype=np.int64))
    unknown = chance.happens(UNKNOWN_PER_MILLE, count) & ~abroad
    tastes = [profiles.disciplines[d] for d in department.tolist()]
    company = np.where(abroad, partners.drawn("company", True, tastes), partners.drawn("company", False, tastes))
    cells = partners.cells(np.where(unknown, -1, company))
    amounts, currencies = _amounts(chance, position, abroad)
    numbers = [f"{year}-{number:04d}" for number in range(1, count + 1)]
    start = days_in(chance, year, count)
    years = np.full(count, position, dtype=np.int64)
    first, second = (people.drawn("researcher", department, years) for _ in range(2))
    codes = [profiles.codes[d] for d in department.tolist()]
    words = ACTIVITY_TYPES[KIND].name.en
    return activity_rows(
        count,
        {
            "record_id": [f"contract-{number}" for number in numbers],
            "source": "contracts",
            "activity_type": KIND,
            "title": partners.titles([f"{words} {number}" for number in numbers], cells, company),
            "start_date": written(start),
            "end_date": written(start + chance.between(180, 1095, count)),
            "departments": codes,
            "lead": codes,
            "partners": cells,
            "countries": ["" if cell or none else HOME for cell, none in zip(cells, unknown.tolist(), strict=True)],
            "people": [";".join(sorted({a, b})) for a, b in zip(first, second, strict=True)],
            "amount": [str(amount) for amount in amounts.tolist()],
            "currency": currencies,
        },
    )


def _amounts(chance: Chance, position: int, abroad: Flags) -> tuple[Whole, list[str]]:
    """Amounts in their currencies; in yen they add up to the year's sum, where the year has rates."""
    count, total = len(abroad), MILLIONS[position] * 1_000_000
    sizes = spread(total // 10_000, np.minimum(chance.long_tail(count), LARGEST)) * 10_000
    drawn = np.where(abroad, chance.pick(CURRENCY_WEIGHTS, count), 0)
    drawn[np.flatnonzero(abroad)[:2]] = (1, 2)  # a year has both
    rates = _quarter_yen(YEARS[position])
    usual = {"USD": 480, "EUR": 520}
    currencies = [CURRENCIES[i] for i in drawn.tolist()]
    for i, currency in enumerate(currencies):
        if currency != "JPY":
            sizes[i] = sizes[i] * 4 // rates.get(currency, usual[currency]) // 100 * 100
    quarters = sum(int(size) * rates.get(currency, 0) for size, currency in zip(sizes, currencies, strict=True))
    largest = int(np.argmax(np.where(drawn == 0, sizes, 0)))
    sizes[largest] += (total * 4 - quarters) // 4
    return sizes, currencies
