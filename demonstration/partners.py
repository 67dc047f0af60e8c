"""Partners: real organizations of the registry, drawn by country, discipline and kind, some written by name only."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from demonstration.chance import Chance, Flags, Whole
from demonstration.departments import TABLES, read

HOME = "JP"
WRITTEN_PER_MILLE = 50
"""Partners that a clerk wrote by name, though the registry does not know them."""
WRITTEN = {
    "university": "{city} Regional Academy of Science",
    "quiet": "{city} Provincial Teachers College",
    "company": "{city} Advanced Components Works",
    "public": "{city} Municipal Resilience Bureau",
}
TASTES: dict[str, dict[str, int]] = {
    "humanities": {"CN": 170, "KR": 180, "TW": 170, "DE": 140, "FR": 150, "GB": 150, "IT": 140, "MN": 400, "RU": 180},
    "social sciences": {"CN": 160, "KR": 160, "TH": 150, "ID": 160, "GB": 130, "AU": 130, "VN": 150},
    "science": {"US": 130, "DE": 140, "CH": 170, "IT": 150, "CL": 180, "GB": 120, "RU": 130},
    "engineering": {"CN": 140, "FR": 150, "DE": 110, "TW": 150, "TH": 140, "SE": 120, "SG": 130},
    "medicine": {"US": 170, "GB": 120, "NL": 130, "KR": 120, "TH": 120},
    "agriculture": {"TH": 260, "ID": 280, "VN": 260, "PH": 250, "NL": 160, "NZ": 180, "BD": 220, "KE": 200},
    "interdisciplinary": {"ID": 180, "TH": 150, "CN": 120, "US": 110, "PH": 160, "NP": 220, "CL": 160, "TR": 160},
    "global": {
        "US": 45, "DE": 40, "FR": 40, "GB": 45, "CN": 40, "KR": 40, "TW": 40, "CA": 35, "CH": 60, "IT": 35,
        "ID": 420, "TH": 260, "VN": 330, "PH": 420, "BD": 380, "NP": 450, "MM": 350, "KH": 380, "LA": 420, "LK": 380,
        "KE": 450, "TZ": 420, "UG": 380, "ET": 380, "ZM": 380, "GH": 420, "MN": 420, "PE": 320, "CL": 300, "WS": 300,
        "MG": 320, "RW": 320, "UZ": 300, "EG": 260, "TR": 260, "PG": 300, "FJ": 320,
    },
}  # fmt: skip
"""Per cent of the usual weight of a country, by discipline; `global` is work on the issues of the world."""


class Partners:
    """The organizations a demonstration record may name. A partner is its position in the table.

    Those of kind `quiet` are universities abroad with which agreements were made that nobody uses.
    """

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        table = read(TABLES / "partners.csv")
        self.ror_ids = [row["ror_id"] for row in table]
        self.names = [row["name"] for row in table]
        self.countries = np.array([row["country"] for row in table])
        self.kinds = np.array([row["kind"] for row in table])
        self.weights = np.array([int(row["weight"]) for row in table], dtype=np.int64)
        self.abroad: Flags = self.countries != HOME
        self._tastes = list(TASTES)
        liked = [[TASTES[taste].get(row["country"], 100) for row in table] for taste in self._tastes]
        self._liked: Whole = np.array(liked, dtype=np.int64)
        self._cities: dict[str, list[str]] = defaultdict(list)
        for row in read(TABLES / "cities.csv"):
            self._cities[row["country"]].append(row["city"])

    def table_of_weights(self, kind: str, abroad: bool) -> Whole:
        """Weights of the partners of a kind (`university`, `company`, `public`), one row a taste."""
        base = np.where((self.kinds == kind) & (self.abroad == abroad), self.weights, 0)
        return base * self._liked

    def drawn(self, kind: str, abroad: bool, tastes: list[str]) -> Whole:
        """One partner for each taste."""
        rows = np.array([self._tastes.index(taste) for taste in tastes], dtype=np.int64)
        return self._chance.pick_by(self.table_of_weights(kind, abroad), rows)

    def quiet(self, partner: int, place: int) -> int:
        """A quiet university of the partner's country, another one for another place; the partner where none is."""
        there = np.flatnonzero((self.kinds == "quiet") & (self.countries == self.countries[partner]))
        return int(there[place % len(there)]) if len(there) else partner

    def cell(self, partner: int, *, by_name: bool) -> str:
        """The partner as a file names it: by its registry id, or by a name that the registry does not hold."""
        country = str(self.countries[partner])
        cities = self._cities.get(country)
        if not by_name or not cities:
            return self.ror_ids[partner]
        name = WRITTEN[str(self.kinds[partner])].format(city=cities[partner % len(cities)])
        return f"{name} @ {country}"

    def cells(self, partners: Whole) -> list[str]:
        """One cell for each partner, some of them written by name; -1 is no partner."""
        by_name = self._chance.happens(WRITTEN_PER_MILLE, len(partners)).tolist()
        return [
            self.cell(partner, by_name=written) if partner >= 0 else ""
            for partner, written in zip(partners.tolist(), by_name, strict=True)
        ]

    def titles(self, words: Sequence[str], cells: Sequence[str], partners: Whole) -> list[str]:
        """Titles that name their partner as its cell does."""
        named = [
            cell.split(" @ ")[0] if " @ " in cell else self.names[partner] if cell else ""
            for cell, partner in zip(cells, partners.tolist(), strict=True)
        ]
        return [f"{word} with {name}" if name else word for word, name in zip(words, named, strict=True)]
