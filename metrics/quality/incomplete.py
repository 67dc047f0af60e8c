"""Why a figure is incomplete, in numbers and in a sentence, and the check whose findings say where."""

from dataclasses import dataclass

from metrics.indicator import Unit
from metrics.numbers import apart, many
from vocabulary.text import Text

UNKNOWN = Text(
    "{unknown} of {of} records {have} no known country: the value lies between {low} and {high}.",
    "{of}件中{unknown}件は国が不明。値は{low}から{high}の間にある。",
)
WITHOUT_AMOUNT = Text(
    "{n} without an amount in yen, left out of the sum.", "円換算の金額のない記録{n}件を合計から除いている。"
)
UNRANKED = Text(
    "{unranked} of {papers} papers {have} no citation percentile (yet): the value is that of the others.",
    "論文{papers}件中{unranked}件には被引用パーセンタイルが（まだ）なく、値は残りの論文のもの。",
)
LATE = Text(
    "{late} delivered nothing, or far less than expected.",
    "{departments}部局中{late}部局が未提出、または見込みを大きく下回る。",
)
OF_DEPARTMENTS = Text("{late} of {departments} departments have", "")
ONE_DEPARTMENT = Text("1 of {departments} departments has", "")
ITSELF = Text(
    "The department has delivered nothing, or far less than expected.", "当部局が未提出、または見込みを大きく下回る。"
)


@dataclass(frozen=True, kw_only=True)
class Incomplete:
    """What one figure lacks; a number that is 0 says that nothing is missing there. Bounds are NaN where none are."""

    unit: Unit
    unknown: float = 0.0  # records of unknown country, of all that it could be made of
    of: float = 0.0
    low: float = float("nan")
    high: float = float("nan")
    without_amount: int = 0
    unranked: float = 0.0  # papers without a percentile, of all papers
    papers: float = 0.0
    late: int = 0  # departments that have not delivered, of those from which something is expected
    departments: int = 0
    late_check: str = "silent_department"

    @property
    def check(self) -> str:
        """The key of the check whose findings say more; the gravest of them."""
        if self.late:
            return self.late_check
        if self.unknown:
            return "unknown_country"
        return "without_percentile" if self.unranked else "without_rate"

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Each reason in a sentence, the gravest first."""
        told = []
        if self.late:
            told.append(self._late())
        if self.unknown:
            low, high = apart(self.low, self.high, self.unit)
            told.append(
                UNKNOWN.filled(
                    unknown=_plain(self.unknown), have=_have(self.unknown), of=_plain(self.of), low=low, high=high
                )
            )
        if self.unranked:
            told.append(
                UNRANKED.filled(unranked=_plain(self.unranked), have=_have(self.unranked), papers=_plain(self.papers))
            )
        if self.without_amount:
            n = Text(many(self.without_amount, "record is", "records are").en, f"{self.without_amount:,}")
            told.append(WITHOUT_AMOUNT.filled(n=n))
        return tuple(told)

    @property
    def text(self) -> Text:
        """All reasons in one line."""
        return Text(" ".join(one.en for one in self.sentences), "".join(one.ja for one in self.sentences))

    def without_counts(self) -> "Incomplete | None":
        """What may be told of a figure on persons to a reader who may not count its records: who has not delivered."""
        if not self.late:
            return None
        return Incomplete(unit=self.unit, late=self.late, departments=self.departments, late_check=self.late_check)

    def _late(self) -> Text:
        if self.departments == 1:
            return ITSELF
        counts = {"late": f"{self.late:,}", "departments": f"{self.departments:,}"}
        subject = (ONE_DEPARTMENT if self.late == 1 else OF_DEPARTMENTS).filled(**counts)
        return Text(LATE.en.format(late=subject.en), LATE.ja.format(**counts))


def _have(number: float) -> str:
    return "has" if number == 1 else "have"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if abs(number - round(number)) < 0.05 else f"{number:,.1f}"
