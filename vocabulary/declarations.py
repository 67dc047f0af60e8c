"""The words in which a department declares an indicator of its own: what is counted, in which unit, what is better."""

from vocabulary.people import is_of_persons
from vocabulary.text import Text

COUNTED = {
    "activities": Text("activities", "活動の件数"),
    "persons": Text("persons in the activities", "活動の参加者数"),
    "money": Text("yen of the activities", "活動の金額"),
    "countries": Text("different countries abroad", "海外の国の数"),
    "partners": Text("different partner institutions abroad", "海外の機関の数"),
    "companies": Text("different companies abroad", "海外の企業の数"),
    "headcount": Text("the headcount of 1 May", "5月1日の在籍数"),
}
UNITS = {
    "share": Text("share: some of the denominator", "割合（分子は分母の一部）"),
    "rate": Text("rate: per hundred of the denominator, without being some of it", "比率（分子は分母の一部ではない）"),
    "count": Text("count", "件数"),
    "persons": Text("persons", "人数"),
    "yen": Text("yen", "円"),
}
RATIOS = ("share", "rate")
BETTER = {
    "higher": Text("higher", "高いほどよい"),
    "lower": Text("lower", "低いほどよい"),
    "neither": Text("neither", "どちらでもない"),
}


def counts_persons(counts: str, populations: tuple[str, ...]) -> bool:
    """Whether what is counted are persons, whom the small-number policy protects."""
    return counts == "persons" or (counts == "headcount" and is_of_persons(populations))


def unit_of(counts: str, populations: tuple[str, ...]) -> str:
    """The unit of what is counted, where nothing divides it."""
    if counts_persons(counts, populations):
        return "persons"
    return "yen" if counts == "money" else "count"
