"""Files to mend with: the records and headcounts of findings in the format of the import, to be corrected."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pandas as pd
import streamlit as st

from metrics.links import Bools
from metrics.quality.as_imported import activities_as_imported, headcounts_as_imported
from metrics.quality.holdings import NOBODY
from metrics.quality.listed import headcounts_of, listed, records_of
from metrics.quality.registry import CHECKS
from pages.parts import data
from pages.parts.downloads import offer
from pages.parts.filters import link
from pages.parts.language import current_language, literal, say
from pages.parts.quality.asked import Asked
from pages.parts.quality.kept import readable
from pages.parts.shelf import File
from pages.parts.tables import MIME, as_csv, as_xlsx, file_name
from vocabulary.text import Language, Text

TO_MEND = Text(
    "All findings of {who}, {year}, as files for the import: correct the cells and import the file again. The column "
    "of remarks says what is wrong; it is not read.",
    "{who}・{year}の全点検の指摘を取り込み用の形式で出力する。セルを直し、そのまま取り込める。"
    "「取り込みの指摘」の列に内容を示す（この列は読み込まれない）。",
)
AT_THE_SOURCE = Text(
    "The list above says of each record what is missing and how to mend it: correct your department's records at their "
    "source, and import the source's file again.",
    "上の一覧に、記録ごとの不備の内容と直し方を示す。所管部局の記録は情報源で直し、情報源のファイルを改めて取り込む。",
)
BETWEEN = Text(": ", "：")
RECORDS, HEADCOUNTS = Text("Records", "活動記録"), Text("Headcounts", "人数")
TO_IMPORTS = Text("To the imports", "取り込みへ")


def files_to_mend(asked: Asked, found: pd.DataFrame) -> None:
    """One file a kind for all checks of what is asked for; heads, whose file would hold person ids, mend at the source.

    `found` are the findings of the check that is shown: nothing where they are on neither records nor headcounts.
    """
    shown = len(records_of(found)) or len(headcounts_of(asked.seen.holdings, found))
    if not shown:
        return
    office, every = data.reader().scope.whole_university, asked.found
    positions, rows = records_of(every), headcounts_of(asked.seen.holdings, every)
    if not office:
        st.caption(say(AT_THE_SOURCE))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if office or len(rows):
            st.caption(literal(say(TO_MEND.filled(who=asked.who, year=asked.year_name))), width="content")
        if office and len(positions):
            records = _Records(asked, every, data.records(), readable(), current_language())
            _links(asked, "activities", RECORDS, len(positions), records.table)
        if len(rows):
            _links(asked, "populations", HEADCOUNTS, len(rows), partial(_headcounts, rows, current_language()))
        kind = "activities" if len(records_of(found)) else "populations"
        link("imports", TO_IMPORTS, icon=":material/upload_file:", kind=kind)


class _Records(NamedTuple):
    """Makes the table of records, wherever and whenever it is asked for: what it may read was settled before."""

    asked: Asked
    found: pd.DataFrame
    records: data.Records
    readable: Bools | None
    language: Language

    def table(self) -> pd.DataFrame:
        held, positions = self.asked.seen.holdings, records_of(self.found)
        links = self.records.activity_people(ids=held.ledger.activity_ids[positions].tolist())
        people = self.records.people()
        names = dict(zip(people["person_id"].tolist(), people["pseudonym"].astype(str), strict=True))
        table = activities_as_imported(held, positions, links, names)
        remarks = self._remarks()
        told = [remarks[int(place)] for place in positions]
        return _in_words("activities", table.assign(remarks=told), self.language)

    def _remarks(self) -> dict[int, str]:
        """What the checks say of each record (by position): `No known country: ...; ...`."""
        of_records, told = self.found[self.found["activity"] != NOBODY], dict[int, list[str]]()
        rows = listed(self.asked.seen.holdings, of_records, self.language, self.readable)
        between = BETWEEN.said_in(self.language)
        for place, check, wrong in zip(of_records["activity"], rows["check"], rows["wrong"], strict=True):
            told.setdefault(int(place), []).append(CHECKS[check].name.said_in(self.language) + between + wrong)
        return {place: "; ".join(words) for place, words in told.items()}


def _headcounts(rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    return _in_words("populations", headcounts_as_imported(rows), language)


def _in_words(kind: str, table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The table under headings in the reader's language, which the import reads as well; the remarks it does not."""
    columns = data.FILE_KINDS[kind].columns
    names = {column.name: Text(column.name, column.name_ja).said_in(language) for column in columns}
    return table.rename(columns=names | {"remarks": data.REMARKS.said_in(language)})


def _links(asked: Asked, kind: str, name: Text, rows: int, made: Callable[[], pd.DataFrame]) -> None:
    """CSV and XLSX, made when they are asked for."""
    made_up = "demonstration-" if data.is_demonstration() else ""
    stem = file_name(made_up + "quality", asked.department, "all" if asked.year is None else asked.year, kind)
    sheet = say(data.FILE_KINDS[kind].name)
    for form, write in (("csv", as_csv), ("xlsx", partial(as_xlsx, sheet=sheet))):
        offer(
            f"{say(name)} {form.upper()}",
            File(name=f"{stem}.{form}", mime=MIME[form], make=partial(_written, made, write), rows=rows),
            key=f"mend:{kind}:{form}",
            icon=":material/edit_document:",
            in_passing=True,
        )


def _written(made: Callable[[], pd.DataFrame], write: Callable[[pd.DataFrame], bytes]) -> bytes:
    return write(made())
