"""Sentences on how the list of records behind a figure adds up to it, and where it cannot."""

from metrics.contributions import Contributions, Counted
from metrics.indicator import Unit
from metrics.numbers import said
from metrics.view import Counting
from vocabulary.text import NOTHING, Text

UNITS: dict[Counted, Unit] = {"activities": "count", "persons": "persons", "yen": "yen", "things": "count"}
NO_SUMS: tuple[Counted, ...] = ("departments", "worked out", "concentration")
EACH = {
    "whole": Text("{n} records, each counts 1: together {total}.", "{n}の記録を1件ずつ数え、合計{total}。"),
    "fractional": Text("{n} records; their shares add up to {total}.", "{n}の記録の割合の合計は{total}。"),
    "lead": Text(
        "{n} records led here, each counts 1: together {total}.", "主担当の記録{n}を1件ずつ数え、合計{total}。"
    ),
}
PERSONS = Text("{n} records name {total} persons.", "{n}の記録に{total}が参加。")
AGAIN = Text(
    "{n} records name {total} participants; who is in several of them counts once: {figure} persons.",
    "{n}の記録の参加者は延べ{total}。複数の記録に出る者は1人と数え、実人数は{figure}。",
)
BALANCE = Text(
    "{n} records; their persons are added or taken away as the formula says, and who is in several of them counts "
    "once: {figure}.",
    "{n}の記録の参加者を式に従って加減し、複数の記録に出る者は1人と数えた値が{figure}。",
)
MONEY = Text("{n} records add up to {total}.", "{n}の記録の金額の合計は{total}。")
NO_AMOUNT = Text(
    " {count} of them add nothing: no amount is written, or there is no rate for its currency.",
    "うち{count}は金額がないか、通貨の換算率がないため0円と数える。",
)
THINGS = Text("{n} records have {total} {things}, each a different one.", "{n}の記録に{things}が{total}、重複なし。")
THINGS_AGAIN = Text(
    "{n} records have {total} {things} between them; what comes again in several records counts once: {figure}.",
    "{n}の記録に{things}が延べ{total}。複数の記録に出るものを一つと数えると{figure}。",
)
THINGS_OFTEN = Text(
    "{n} records have {total} {things} between them; what comes in {least} records or more counts, once: {figure}.",
    "{n}の記録に{things}が延べ{total}。{least}件以上の記録に出るものだけを一つと数えると{figure}。",
)
DEPARTMENTS = Text(
    "The figure counts departments, {figure}: those with at least one of these {n} records.",
    "この値は部局を数えたもので{figure}。次の{n}の記録のいずれかをもつ部局である。",
)
WORKED_OUT = Text(
    "The figure is no sum: it is worked out from {n} records. It is the {how}.",
    "この値は合計ではなく、{n}の記録から計算する。{how}。",
)
CONCENTRATION = Text(
    "The figure is no sum: it is worked out from how {n} records spread over persons, those of the headcount who are "
    "in none of them included.",
    "この値は合計ではなく、{n}の記録が（参加のない在籍者を含む）人々にどれだけ偏っているかから計算する。",
)
ADDS_UP = Text(" The list below adds up to the {part}.", "下の一覧の合計は{part}と一致する。")
DOES_NOT = Text(" So the list below does not add up to the {part}.", "このため、下の一覧の合計は{part}と一致しない。")
ONLY_SOME = Text(
    "{hidden} of the {n} records are of departments whose records you may not read; the list below holds the other "
    "{shown}.",
    "{n}の記録のうち{hidden}は閲覧権限のない部局のもので、下の一覧は残りの{shown}を示す。",
)


def how_it_adds_up(found: Contributions, part: Text, counting: Counting, *, complete: bool = True) -> Text:
    """`41 records name 55 persons. The list below adds up to the numerator.`, for all records behind a part.

    Of a list that is not `complete` nothing is said.
    """
    unit = UNITS.get(found.counted, "count")
    words = _words(found, counting).filled(
        n=said(float(len(found.activity_ids)), "count"),
        total=_bare(found.total) if found.counted == "things" else said(found.total, unit),
        figure=_figure(found, unit),
        things=found.things,
        least=found.at_least,
        how=found.how,
    )
    sums = found.adds_up and found.counted not in NO_SUMS
    closing = (ADDS_UP if sums else DOES_NOT).filled(part=part) if complete else NOTHING
    return Text(words.en + closing.en, words.ja + closing.ja)


def only_some(found: Contributions, shown: int) -> Text:
    """How many of the records behind a figure the reader may not read."""
    count = len(found.activity_ids)
    numbers = {"n": count, "hidden": count - shown, "shown": shown}
    return ONLY_SOME.filled(**{name: said(float(number), "count") for name, number in numbers.items()})


def _words(found: Contributions, counting: Counting) -> Text:
    if found.counted == "activities":
        return EACH[counting]
    if found.counted == "yen":
        missing = int(found.without_amount.sum())
        more = NO_AMOUNT.filled(count=said(float(missing), "count")) if missing else NOTHING
        return Text(MONEY.en + more.en, MONEY.ja + more.ja)
    if found.counted == "departments":
        return DEPARTMENTS
    if found.counted == "worked out":
        return WORKED_OUT
    if found.counted == "concentration":
        return CONCENTRATION
    if found.counted == "persons":
        return BALANCE if found.signed else PERSONS if found.adds_up else AGAIN
    return THINGS_OFTEN if found.at_least > 1 else THINGS if found.adds_up else THINGS_AGAIN


def _figure(found: Contributions, unit: Unit) -> Text:
    if found.counted == "departments":
        return Text(f"{found.figure:,.0f}", f"{found.figure:,.0f}部局")
    return _bare(found.figure) if found.counted == "things" else said(found.figure, unit)


def _bare(number: float) -> Text:
    """A number of things that no counter of ours fits."""
    return Text(f"{number:,.0f}", f"{number:,.0f}")
