"""References: the surveys, rankings and plans whose indicators ours are, each with its number there."""

from collections.abc import Iterable
from typing import NamedTuple

from vocabulary.text import NOTHING, Text


class Scheme(NamedTuple):
    """One survey, ranking or plan. `counted` numbers its indicators from 1 to that, where it has a fixed list."""

    name: Text
    about: Text
    counted: int = 0


SCHEMES: dict[str, Scheme] = {
    "SGU": Scheme(
        Text("MEXT Top Global University", "スーパーグローバル大学創成支援事業"),
        Text(
            "The ten common indicators on internationalization that MEXT and JSPS ask of the universities of the Top "
            "Global University project, as of 1 May; flows over the fiscal year.",
            "スーパーグローバル大学創成支援事業の国際化関連の共通指標（10項目）。5月1日現在、移動に関するものは年度間の値。",
        ),
        counted=10,
    ),
    "CWTS": Scheme(
        Text("CWTS Leiden Ranking", "ライデン・ランキング（CWTS）"),
        Text(
            "Collaboration in the Leiden Ranking, always by full (whole) counting. It counts articles and reviews of "
            "four years in Web of Science or OpenAlex; ours are all publications of one fiscal year.",
            "ライデン・ランキングの共同研究指標（常に整数カウント）。同ランキングは4年間の原著論文・総説を対象とするが、"
            "ここでは1年度の全論文等を対象とする。",
        ),
    ),
    "QS": Scheme(
        Text("QS World University Rankings", "QS世界大学ランキング"),
        Text(
            "What QS asks on students and faculty by citizenship, and its International Research Network index (IRN).",
            "QSが求める国籍別の学生・教員数と、国際研究ネットワーク指数（IRN）。",
        ),
    ),
    "THE": Scheme(
        Text("Times Higher Education", "タイムズ・ハイヤー・エデュケーション（THE）"),
        Text(
            "The international outlook of the World University Rankings, the Japan University Rankings, and SDG 17 of "
            "the Impact Rankings. THE adjusts for subjects and population; ours are the plain shares.",
            "THE世界大学ランキング（国際性）、日本大学ランキング、インパクトランキング（SDG17）。"
            "THEは分野構成や人口で補正するが、ここでは補正しない値を示す。",
        ),
    ),
    "UMR": Scheme(
        Text("U-Multirank", "U-Multirank"),
        Text("The international orientation that U-Multirank asks for.", "U-Multirankの国際志向性に関する指標。"),
    ),
    "IMPI": Scheme(
        Text("IMPI", "IMPI"),
        Text(
            "Indicators for Mapping and Profiling Internationalisation, by their five-digit codes. Where IMPI asks for "
            "something near, the definition says what ours counts.",
            "欧州の国際化指標集IMPIの5桁コードとの対応。近い内容を問う場合の違いは、各指標の定義に記す。",
        ),
    ),
    "JASSO": Scheme(
        Text("JASSO", "日本学生支援機構（JASSO）"),
        Text(
            "The surveys of international students by the Japan Student Services Organization: residence status "
            "Student, on 1 May and over the fiscal year.",
            "日本学生支援機構の外国人留学生に関する調査。在留資格「留学」の者について、5月1日現在と年度間の数を問う。",
        ),
    ),
    "NISTEP": Scheme(
        Text("NISTEP", "科学技術・学術政策研究所（NISTEP）"),
        Text(
            "Papers by whether our own authors lead them, as the National Institute of Science and Technology Policy "
            "does.",
            "科学技術・学術政策研究所による、責任著者に基づく自機関主導の分析。",
        ),
    ),
    "UIRE": Scheme(
        Text("University for International Research Excellence", "国際卓越研究大学の計画"),
        Text(
            "What Tohoku University's plan as University for International Research Excellence sets goals for.",
            "東北大学の国際卓越研究大学としての計画が目標に掲げる指標。",
        ),
    ),
}


class Reference(NamedTuple):
    """One indicator of a scheme: its number there (none where it has none), and what it is called or asks."""

    scheme: str  # a code of SCHEMES
    number: str = ""
    detail: Text = NOTHING

    @property
    def text(self) -> Text:
        """`MEXT Top Global University 4`, `スーパーグローバル大学創成支援事業 指標4`."""
        name, _, last = SCHEMES[self.scheme]
        en = f"{name.en} {self.number}".strip()
        ja = f"{name.ja} {'指標' if last and self.number else ''}{self.number}".strip()
        if not self.detail.en:
            return Text(en, ja)
        return Text(f"{en}, {self.detail.en}", f"{ja}「{self.detail.ja}」")

    @property
    def place(self) -> Text:
        """Its place within its scheme, for a list of this scheme alone: `4`, `PP(int collab)`."""
        between = " " if self.number and self.detail.en else ""
        return Text(f"{self.number}{between}{self.detail.en}", f"{self.number}{between}{self.detail.ja}")

    @property
    def order(self) -> tuple[int, str]:
        """Numbers as numbers, those without one last."""
        return (int(self.number) if self.number else 10**6, self.detail.en)


def sgu(number: int, detail: Text = NOTHING) -> Reference:
    """One of the ten indicators of the Top Global University project."""
    return Reference("SGU", str(number), detail)


def impi(code: str) -> Reference:
    """An indicator of IMPI by its five-digit code."""
    return Reference("IMPI", code)


def leiden(name: str) -> Reference:
    """An indicator of the Leiden Ranking by the name that it has there: `PP(int collab)`."""
    return Reference("CWTS", "", Text(name, name))


def uire(en: str, ja: str) -> Reference:
    """A goal of the plan as University for International Research Excellence."""
    return Reference("UIRE", "", Text(en, ja))


def checked(references: Iterable[Reference]) -> None:
    """ValueError for what is no Reference, a scheme that is not there, or a number its fixed list does not have."""
    for one in references:
        if not isinstance(one, Reference):
            raise ValueError(f"{one!r} is no Reference; write a tuple of those that metrics/references.py makes")
        if one.scheme not in SCHEMES:
            raise ValueError(f"no scheme {one.scheme!r} of references; there are {', '.join(SCHEMES)}")
        last = SCHEMES[one.scheme].counted
        if last and one.number and not (one.number.isdigit() and 1 <= int(one.number) <= last):
            raise ValueError(f"{one.scheme} has no indicator {one.number!r}; it has those from 1 to {last}")
