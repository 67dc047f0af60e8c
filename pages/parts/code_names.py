"""Names beside the codes of a file, in the language of the reader: indicator, department, why there is no value."""

from collections.abc import Mapping

from pages.parts import data
from pages.parts.language import say
from pages.parts.standing import STATUSES
from pages.parts.tables import STATUS, Column, Columns, Names
from vocabulary.text import Text

BESIDE = {  # a column of codes, and what the one with its names is called
    "indicator": Column(name=Text("indicator name", "指標名")),
    "department": Column(name=Text("department name", "部局名")),
    "status": Column(name=Text("why no value", "値のない理由")),
    "goal_status": Column(name=Text("goal status in words", "目標の状況")),
}


def names_beside(columns: Columns) -> Names:
    """What stands in the columns of names that `with_names` adds; nothing beside a code that has no name."""
    words = _words()
    return {_called(code): (code, words[code]) for code in BESIDE if code in columns}


def with_names(columns: Columns) -> Columns:
    """The columns of a file, each of codes followed by the one of its names."""
    every: dict[str, Column] = {}
    for name, column in columns.items():
        every[name] = column
        if name in BESIDE:
            every[_called(name)] = BESIDE[name]
    return every


def _words() -> Mapping[str, Mapping[str, str]]:
    return {
        "indicator": {key: say(one.name) for key, one in data.indicators().items()},
        "department": {code: say(name) for code, name in data.department_names().items()},
        "status": {code: say(words) for code, words in STATUS.items()},
        "goal_status": {code: say(shown.words) for code, shown in STATUSES.items()},
    }


def _called(code: str) -> str:
    return f"{code}_name"
