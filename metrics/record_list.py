"""Activities as a list that a person reads: departments, partners and countries by name, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.codes import TYPE_CODES
from metrics.ledger import Ledger
from metrics.links import Bools, Ints, Links
from metrics.posting import EXTERNAL
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.people import LEVELS
from vocabulary.text import Language, Text

NO_COUNTRY = Text("country not known", "国が不明")
NO_PEOPLE = Text("nobody named", "参加者の記載なし")
NO_AMOUNT = Text("no amount", "金額の記載なし")
A_PARTNER = Text("a partner", "学外")
BETWEEN = Text("; ", "、")


class RecordList:
    """Words for activities of a ledger in one language. One row of every result is one activity, in the order given."""

    def __init__(self, ledger: Ledger, departments: Mapping[str, Text], language: Language) -> None:
        self._ledger = ledger
        self._language = language
        self._departments = [departments[code].said_in(language) for code in ledger.units]

    def of(self, activities: pd.DataFrame) -> pd.DataFrame:
        """The activities (as `Records.activities` gives them) with their names and what is missing in them.

        Adds: type, department_shares, led_by, partners, countries, people (NaN: nobody named), level_name,
        without_country, without_people, missing (in words).
        """
        at = self.positions(activities["activity_id"])
        ledger, say = self._ledger, self._say
        people = np.where(ledger.people.counts[at] > 0, ledger.people.counts[at], activities["people_count"])
        country_unknown = self._lacks_country[at]
        nobody = np.isnan(people.astype(np.float64)) & names_people(ledger)[ledger.kind[at]]
        types = {code: say(kind.name) for code, kind in ACTIVITY_TYPES.items()}
        return activities.assign(
            type=activities["activity_type"].map(types),
            department_shares=self._shares(at),
            led_by=self._leaders(at, activities["lead"]),
            partners=self._joined(ledger.partners, at, self._partners),
            countries=self._joined(ledger.countries, at, self._countries),
            people=people.astype(np.float64),
            level_name=activities["level"].map({code: say(name) for code, name in LEVELS.items()}).fillna(""),
            without_country=country_unknown,
            without_people=nobody,
            missing=self._missing(country_unknown, nobody),
        )

    def positions(self, activity_ids: Iterable[int]) -> Ints:
        """Where activities stand in the ledger."""
        wanted = np.asarray(activity_ids, dtype=np.int64)
        return self._order[np.searchsorted(self._ledger.activity_ids.whole, wanted, sorter=self._order)]

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self._ledger.activity_ids.narrow, kind="stable")

    @property
    def _lacks_country(self) -> Bools:
        return np.asarray(self._ledger.countries.counts == 0)

    @cached_property
    def _partners(self) -> list[str]:
        table = self._ledger.partner_table
        if self._language == "en":
            return list(table["name_en"])
        return [ja or en for ja, en in zip(table["name_ja"], table["name_en"], strict=True)]

    @cached_property
    def _countries(self) -> list[str]:
        return list(self._ledger.country_table[f"name_{self._language}"])

    def _joined(self, links: Links, at: Ints, names: Sequence[str]) -> list[str]:
        between, codes = self._say(BETWEEN), links.codes
        ends = zip(links.starts[at].tolist(), links.starts[at + 1].tolist(), strict=True)
        return [between.join([names[code] for code in codes[start:end].tolist()]) for start, end in ends]

    def _shares(self, at: Ints) -> list[str]:
        """`School of Engineering 60 %; School of Science 40 %`; the only department without its share."""
        links, names = self._ledger.departments, self._departments
        space = " " if self._language == "en" else ""
        between, said = self._say(BETWEEN), []
        for start, end in zip(links.starts[at].tolist(), links.starts[at + 1].tolist(), strict=True):
            units = links.codes[start:end].tolist()
            if len(units) == 1:
                said.append(names[units[0]])
                continue
            shares = self._ledger.shares[start:end].tolist()
            parts = zip(units, shares, strict=True)
            said.append(between.join([f"{names[unit]} {100 * share:.0f}{space}%" for unit, share in parts]))
        return said

    def _leaders(self, at: Ints, written: "pd.Series[str]") -> np.ndarray:
        names = np.array([*self._departments, ""], dtype=object)  # -1 is nobody
        return np.where(written.to_numpy() == EXTERNAL, self._say(A_PARTNER), names[self._ledger.led_by[at]])

    def _missing(self, country: Bools, people: Bools) -> list[str]:
        words = ("", self._say(NO_COUNTRY), self._say(NO_PEOPLE))
        both = self._say(BETWEEN).join(words[1:])
        said = np.array([*words, both], dtype=object)
        return list(said[country + 2 * people.astype(np.int64)])

    def _say(self, text: Text) -> str:
        return text.said_in(self._language)


def names_people(ledger: Ledger) -> Bools:
    """Types of activity (by position) of which at least one record names people: an agreement does not lack them."""
    named = (ledger.people.counts > 0) | (ledger.anonymous > 1)
    return np.asarray(np.bincount(ledger.kind.narrow, weights=named, minlength=len(TYPE_CODES)) > 0)
