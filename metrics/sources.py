"""Where definitions come from: the documents and rankings that an indicator names, without their numbers."""

import re

from metrics.indicator import Indicator
from vocabulary.text import Text

OWN = "own"
OWN_NAME = Text("own definition", "独自の定義")
NAMES = {
    OWN: OWN_NAME,
    "MEXT/JSPS Top Global University": Text("MEXT/JSPS Top Global University", "スーパーグローバル大学創成支援事業"),
    "IMPI": Text("IMPI", "IMPI"),
    "JASSO annual survey of international students": Text(
        "JASSO annual survey of international students", "日本学生支援機構「外国人留学生在籍状況調査」"
    ),
    "JASSO": Text("JASSO", "日本学生支援機構（JASSO）"),
    "NISTEP": Text("NISTEP", "科学技術・学術政策研究所（NISTEP）"),
    "CWTS Leiden Ranking": Text("CWTS Leiden Ranking", "ライデン・ランキング（CWTS）"),
    "THE Impact Rankings": Text("THE Impact Rankings", "THEインパクトランキング"),
    "THE Japan University Rankings": Text("THE Japan University Rankings", "THE日本大学ランキング"),
    "THE": Text("THE", "THE世界大学ランキング"),
    "QS": Text("QS", "QS世界大学ランキング"),
    "QS International Research Network": Text("QS International Research Network", "QS「国際研究ネットワーク」"),
    "Tohoku University UIRE plan": Text("Tohoku University UIRE plan", "東北大学 国際卓越研究大学の計画"),
    "Tohoku University Vision 2030": Text("Tohoku University Vision 2030", "東北大学ビジョン2030"),
    "Erasmus practice": Text("Erasmus practice", "エラスムス計画の慣行"),
}
DETAILS = {  # what a source adds to its name, in Japanese
    "(citizenship)": "（国籍）",
    "forms": "様式",
    "PP(int collab)": "国際共著率",
    "PP(industry)": "企業との共著率",
}
_NUMBER = re.compile(r"\s+(?:\d{1,2}|\d{5})$")  # an indicator's number in the document, not a year


def sources_of(indicator: Indicator) -> tuple[str, ...]:
    """`MEXT/JSPS Top Global University 4; IMPI 01009` names two: `MEXT/JSPS Top Global University`, `IMPI`."""
    return tuple(dict.fromkeys(_named(part) for part in indicator.source.split(";")))


def source_name(source: str) -> Text:
    """What one of `sources_of` is called; one without a name of ours is called as it is written."""
    return NAMES.get(source, Text(source, source))


def source_text(indicator: Indicator) -> Text:
    """The source with its number: `MEXT/JSPS Top Global University 2`, `スーパーグローバル大学創成支援事業 指標2`."""
    told = [_told(part.strip()) for part in indicator.source.split(";")]
    return Text("; ".join(one.en for one in told), "；".join(one.ja for one in told))


def _named(part: str) -> str:
    return _NUMBER.sub("", re.split(r",|\s\(", part)[0].strip())


def _told(part: str) -> Text:
    name = _named(part)
    if name not in NAMES:
        return Text(part, part)
    rest = part[len(name) :].strip(" ,")
    rest = f"指標{rest}" if rest.isdigit() else DETAILS.get(rest, rest)
    return Text(part.replace(name, NAMES[name].en, 1), f"{NAMES[name].ja} {rest}".strip())
