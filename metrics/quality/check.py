"""A check of the records: one declaration that says what it finds, by which rule, who mends it, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import pandas as pd

from metrics.indicator import Indicator
from metrics.quality.holdings import Holdings
from vocabulary.text import Text

Family = Literal["coverage", "missing", "headcounts", "sources", "duplicates", "consistency"]
Severity = Literal["wrong", "missing", "doubtful"]
Owner = Literal["department", "office"]
Find = Callable[[Holdings], pd.DataFrame]


class Named(NamedTuple):
    """A name and the sentence that explains it."""

    name: Text
    sentence: Text


SEVERITIES: dict[Severity, Named] = {
    "wrong": Named(
        Text("Wrong", "誤り"), Text("What cannot be so, or is counted twice.", "あり得ない値、または二重計上。")
    ),
    "missing": Named(
        Text("Missing", "欠落"),
        Text("What figures are made without.", "指標の計算に必要だが、記録にない項目。"),
    ),
    "doubtful": Named(
        Text("To be looked at", "要確認"),
        Text("What is unusual and may be right all the same.", "通常と異なるが、正しい場合もあるもの。"),
    ),
}
FAMILIES: dict[Family, Text] = {
    "coverage": Text("Deliveries", "提出状況"),
    "missing": Text("Items that are missing", "欠けている項目"),
    "headcounts": Text("Headcounts", "人数"),
    "sources": Text("Sources", "情報源"),
    "duplicates": Text("Duplicates", "重複"),
    "consistency": Text("Consistency", "整合性"),
}
OWNERS: dict[Owner, Text] = {
    "department": Text("the department of the record", "記録の部局"),
    "office": Text("International Strategy Office", "国際戦略室"),
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check. `told` says of one row what is wrong, from its `{value}` and `{beside}`.

    `touches` says which indicators a finding can move, before the types (or populations) found are looked at.
    """

    key: str
    family: Family
    severity: Severity
    owner: Owner
    name: Text
    rule: Text  # what is found, with its formula and threshold
    row: Text  # what one row is
    told: Text
    mend: Text
    touches: Callable[[Indicator], bool]
    find: Find

    def __post_init__(self) -> None:
        for what, code, there in (
            ("family", self.family, get_args(Family)),
            ("severity", self.severity, get_args(Severity)),
            ("owner", self.owner, get_args(Owner)),
        ):
            if code not in there:
                raise ValueError(f"{self.key}: no {what} {code!r}; there are {', '.join(there)}")
        for text in (self.name, self.rule, self.row, self.told, self.mend):
            if not (text.en and text.ja):
                raise ValueError(f"{self.key}: a text lacks a language: {text!r}")
