"""Records that say the same: one DOI, or one title, the same people and one fiscal year."""

import re
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

import numpy as np
import pandas as pd

from metrics.links import Bools, Ints, Links, ints
from metrics.quality.check import Check
from metrics.quality.holdings import Holdings
from metrics.quality.touching import by_activities
from metrics.quality.words import A_RECORD, at_the_source
from vocabulary.text import Text

_DOI = re.compile(r"10\.\d{4,9}/[^\s?#&]+")
_SPACING = re.compile(r"[\W_]+")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # of splitmix64 (Steele, Lea & Flood 2014)


class Alike(NamedTuple):
    """Records (positions) that say the same as an earlier one, and that one."""

    again: Ints
    first: Ints


def doi(url: str) -> str:
    """The DOI that an address holds, in lower case; nothing where it holds none."""
    found = _DOI.search(unquote(url).lower())
    return found.group().rstrip(".,;:)]}/") if found else ""


def plain(title: str) -> str:
    """A title without what differs between two ways to write it: width, case, spaces, punctuation."""
    return _SPACING.sub("", title.lower() if title.isascii() else normalize("NFKC", title).casefold())


def set_codes(links: Links) -> np.ndarray:
    """A number for the set of codes of each activity: the same sets have the same; 0 for the empty set."""
    mixed = (links.codes.whole.astype(np.uint64) + np.uint64(1)) * _MIX
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    running = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(mixed)])
    return np.diff(running[links.starts.whole])


def alike(keys: pd.DataFrame, positions: Ints) -> Alike:
    """Of records with the same keys (one row is one record) all but the first, in the order of their positions."""
    code = ints(keys.groupby(list(keys.columns), sort=False).ngroup())
    order = np.argsort(code, kind="stable")
    ordered, place = code[order], positions[order]
    begins = np.append(True, np.diff(ordered) != 0) if len(code) else np.empty(0, dtype=bool)
    first = place[np.maximum.accumulate(np.where(begins, np.arange(len(place)), 0))] if len(code) else place
    return Alike(place[~begins], first[~begins])


def find_same_doi(holdings: Holdings) -> pd.DataFrame:
    """Records with the DOI of an earlier record, whatever their source."""
    url = holdings.activities["url"]
    written = np.flatnonzero(url.str.contains("10.", regex=False).to_numpy(dtype=bool))
    dois = np.array([doi(one) for one in url.iloc[written]], dtype=object)
    held = dois != ""
    found = alike(pd.DataFrame({"doi": dois[held]}), written[held])
    return _told(holdings, found, [doi(one) for one in url.iloc[found.again]])


def find_across_sources(holdings: Holdings) -> pd.DataFrame:
    """Records with the title, people and fiscal year of an earlier one of another source; without people none."""
    found = _same_work(holdings)
    other = holdings.source[found.again] != holdings.source[found.first]
    return _told(holdings, Alike(found.again[other], found.first[other]))


def find_within_source(holdings: Holdings) -> pd.DataFrame:
    """Records of one source with another id, but the title, people and fiscal year of an earlier one."""
    found = _same_work(holdings)
    same = holdings.source[found.again] == holdings.source[found.first]
    return _told(holdings, Alike(found.again[same], found.first[same]))


def duplicated(holdings: Holdings) -> Bools:
    """Which records are surely there already: of the DOI of an earlier one, or as another source has them."""
    again = np.zeros(len(holdings.activities), dtype=bool)
    for find in (find_same_doi, find_across_sources):
        again[find(holdings)["activity"]] = True
    return again


def _same_work(holdings: Holdings) -> Alike:
    people = set_codes(holdings.ledger.people)
    keys = pd.DataFrame({"people": people, "year": holdings.started})
    several = np.flatnonzero((people > 0) & keys.duplicated(keep=False).to_numpy())  # of the rest no title matters
    titles = [plain(title) for title in holdings.activities["title"].iloc[several]]
    keys = keys.iloc[several].assign(title=titles)
    named = (keys["title"] != "").to_numpy()
    return alike(keys[named], several[named])


def _told(holdings: Holdings, found: Alike, value: list[str] | None = None) -> pd.DataFrame:
    titles = holdings.activities["title"].iloc[found.again]
    return holdings.of_records(found.again, titles if value is None else value, other=found.first)


CHECKS = (
    Check(
        key="same_doi",
        family="duplicates",
        severity="wrong",
        owner="department",
        name=Text("Same DOI", "同じDOI"),
        rule=Text(
            "Records whose address holds the DOI of an earlier record, of the same or another source. DOIs are "
            "compared in lower case.",
            "URLに含まれるDOIが、先の記録（情報源を問わない）と同じ記録。大文字・小文字は区別しない。",
        ),
        row=A_RECORD,
        told=Text("The same as {other}: DOI {value}.", "{other}と同じ：DOI {value}。"),
        mend=at_the_source(
            "Keep one record with all its departments and people; withdraw the other.",
            "部局と参加者をそろえた1件だけを残し、他方を取り下げる。",
        ),
        touches=by_activities,
        find=find_same_doi,
    ),
    Check(
        key="across_sources",
        family="duplicates",
        severity="wrong",
        owner="department",
        name=Text("Twice, from two sources", "複数の情報源による重複"),
        rule=Text(
            "Records with the title (without case, width, spaces and punctuation), the people and the fiscal year of "
            "an earlier record of another source. Records without person ids are not compared.",
            "件名（大小文字・全半角・空白・記号を無視）、参加者、年度が、別の情報源の先の記録と同じ記録。"
            "参加者IDのない記録は比べない。",
        ),
        row=A_RECORD,
        told=Text("The same as {other}: “{value}”.", "{other}と同じ：「{value}」。"),
        mend=at_the_source(
            "Decide which source holds it, and withdraw it from the other.",
            "どちらの情報源に残すかを決め、他方から取り下げる。",
        ),
        touches=by_activities,
        find=find_across_sources,
    ),
    Check(
        key="within_source",
        family="duplicates",
        severity="doubtful",
        owner="department",
        name=Text("Perhaps registered twice", "二重登録の疑い"),
        rule=Text(
            "Records with the title, the people and the fiscal year of an earlier record of the same source, under "
            "another record id.",
            "同じ情報源の中で、記録IDは異なるが件名、参加者、年度が先の記録と同じ記録。",
        ),
        row=A_RECORD,
        told=Text("The same as {other}: “{value}”.", "{other}と同じ：「{value}」。"),
        mend=at_the_source(
            "Where both are one, withdraw the one that says less; where not, tell them apart by their titles.",
            "同一であれば情報の少ない方を取り下げ、別のものであれば件名で区別する。",
        ),
        touches=by_activities,
        find=find_within_source,
    ),
)
