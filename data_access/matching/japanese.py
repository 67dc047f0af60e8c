"""Japanese names inside Japanese text, which has no spaces: found by trying every stretch, the longest first."""

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from data_access.reference import OLD_CHARACTERS

if TYPE_CHECKING:
    from data_access.matching.names import Name

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"[,;:/|()\[\]、。，；：／・「」『』（）0-9A-Za-z@&-]+")
_LEGAL = re.compile(
    r"国立大学法人|公立大学法人|学校法人|国立研究開発法人|独立行政法人|地方独立行政法人|大学共同利用機関法人|一般財団法人"
    r"|一般社団法人|公益財団法人|公益社団法人|社会医療法人|医療法人(?:社団|財団)?|社会福祉法人|宗教法人|特定非営利活動法人"
    r"|(?:特例)?財団法人|(?:特例)?社団法人|株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|㈱"
)
_COMPANY = re.compile(r"株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|㈱")
SHORTEST = 4  # letters of a name that is sure without its legal form
_ENDS_A_PLACE = frozenset("市県府都区町村のと州国")
ANOTHER_BODY = re.compile(
    r"(?:医学部|歯学部|医療)?(?:附属|付属)?.{0,6}?(?:病院|医療センター|診療所)|短期大学|(?:附属|付属)?(?:高等|中|小)学校|(?:大学)?出版|生活?協"
    r"|財団|同窓会|校友会|大学(?!院)|ホールディングス|グループ"
)
UNIT = re.compile(
    r"大学院|学部|.{1,10}?(?:学部|研究科|研究所|研究院|専攻|学科|教室|研究室|センター|機構|本部|部|課|室|科|学府|学系|学域|分野|講座|学環|キャンパス)|総長|学長|理事"
)


class JapaneseHit(NamedTuple):
    """A name in a text: what it could mean, and whether what stands before and behind it lets it be that name."""

    names: tuple["Name", ...]
    found: str
    stands_alone: bool
    is_whole: bool


def is_japanese(text: str) -> bool:
    return JAPANESE.search(text) is not None


def _characters() -> dict[int, str]:
    lines = OLD_CHARACTERS.read_text("utf-8").split("\n")[1:]
    return {ord(old): new for old, new in (line.split(",") for line in lines if line)}


class JapaneseNames:
    """Names in Japanese letters, in the present forms of the characters, without legal forms."""

    def __init__(self) -> None:
        self._present = _characters()
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)

    def add(self, text: str, name: "Name") -> None:
        plain = _SPACES.sub("", self._plain(text))
        for form in {plain, _LEGAL.sub("", plain)} - {""}:
            if len(form) > 1:
                self._names[form].append(name)
                self._lengths[form[:2]].add(len(form))

    def names(self) -> dict[str, list["Name"]]:
        return self._names

    def holding(self, text: str) -> list[int]:
        """The organizations in whose Japanese names a text stands, the shortest names first."""
        part = _SPACES.sub("", _LEGAL.sub("", self._plain(text)))
        if not is_japanese(part):
            return []
        found = sorted((name for name in self._names if part in name), key=len)
        return list(dict.fromkeys(one.place for name in found for one in self._names[name]))

    def in_text(self, text: str) -> list[JapaneseHit]:
        """The names in a text, in order, none inside another."""
        if not is_japanese(text):
            return []
        plain = self._plain(text)
        has_company = _COMPANY.search(plain) is not None
        joined = _LEGAL.sub(" ", plain)
        parts = [part for part in (piece.strip() for piece in _BREAKS.split(joined)) if part]
        whole = _SPACES.sub("", joined)
        if whole in self._names:
            return [JapaneseHit(tuple(self._names[whole]), whole, True, len(whole) >= SHORTEST or has_company)]
        return [hit for part in parts for hit in self._in_part(part, has_company, len(parts) == 1)]

    def _in_part(self, spaced: str, has_company: bool, is_only: bool) -> list[JapaneseHit]:
        part = _SPACES.sub("", spaced)
        edges = {len(_SPACES.sub("", spaced[: gap.start()])) for gap in _SPACES.finditer(spaced)} | {0}
        hits = []
        start = 0
        while start < len(part) - 1:
            lengths = sorted(self._lengths.get(part[start : start + 2], ()), reverse=True)
            found = next((part[start : start + n] for n in lengths if part[start : start + n] in self._names), None)
            if found is None:
                start += 1
                continue
            end = start + len(found)
            rest = part[end:]
            alone = (
                (len(found) >= SHORTEST or (has_company and start in edges and (not rest or end in edges)))
                and (start in edges or part[start - 1] in _ENDS_A_PLACE)
                and not ANOTHER_BODY.match(rest)
                and (not rest or end in edges or rest[0] in "のと" or UNIT.match(rest) is not None)
            )
            hits.append(JapaneseHit(tuple(self._names[found]), found, alone, is_only and found == part and alone))
            edges.add(end)
            start = end
        return hits

    def _plain(self, text: str) -> str:
        return unicodedata.normalize("NFKC", text).translate(self._present)
