"""Files to mend with: the records and headcounts of findings in the format of the import, to be corrected."""

import hashlib
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from metrics.quality.as_imported import activities_as_imported, headcounts_as_imported
from metrics.quality.holdings import NOBODY
from metrics.quality.listed import headcounts_of, listed, records_of
from metrics.quality.registry import CHECKS
from pages.parts import data
from pages.parts.filters import link
from pages.parts.language import current_language, literal, say
from pages.parts.quality.asked import Asked
from pages.parts.quality.kept import readable
from pages.parts.tables import MIME, as_csv, as_xlsx, file_name
from vocabulary.text import Text

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
            _buttons(asked, "activities", RECORDS, positions.tobytes(), partial(_records, asked, every))
        if len(rows):
            _buttons(asked, "populations", HEADCOUNTS, rows.to_csv().encode(), partial(_headcounts, rows))
        kind = "activities" if len(records_of(found)) else "populations"
        link("imports", TO_IMPORTS, icon=":material/upload_file:", kind=kind)


def _records(asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    ledger, positions = asked.seen.holdings.ledger, records_of(found)
    records = data.records()
    links = records.activity_people(ids=ledger.activity_ids[positions].tolist())
    people = records.people()
    names = dict(zip(people["person_id"].tolist(), people["pseudonym"].astype(str), strict=True))
    table = activities_as_imported(ledger, positions, links, names)
    remarks = _remarks(asked, found)
    return _in_words("activities", table.assign(remarks=[remarks[int(place)] for place in positions]))


def _remarks(asked: Asked, found: pd.DataFrame) -> dict[int, str]:
    """What the checks say of each record (by position): `No known country: ...; ...`."""
    of_records, told = found[found["activity"] != NOBODY], dict[int, list[str]]()
    rows = listed(asked.seen.holdings, of_records, current_language(), readable())
    between = say(Text(": ", "："))
    for place, check, wrong in zip(of_records["activity"], rows["check"], rows["wrong"], strict=True):
        told.setdefault(int(place), []).append(say(CHECKS[check].name) + between + wrong)
    return {place: "; ".join(words) for place, words in told.items()}


def _headcounts(rows: pd.DataFrame) -> pd.DataFrame:
    return _in_words("populations", headcounts_as_imported(rows))


def _in_words(kind: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table under headings in the reader's language, which the import reads as well; the remarks it does not."""
    names = {column.name: say(Text(column.name, column.name_ja)) for column in data.FILE_KINDS[kind].columns}
    return table.rename(columns=names | {"remarks": say(data.REMARKS)})


def _buttons(asked: Asked, kind: str, name: Text, content: bytes, made: "partial[pd.DataFrame]") -> None:
    """CSV and XLSX, made when they are asked for; named by what they hold, as files of one name could be mixed up."""
    held = hashlib.sha256(content + repr((data.store(), data.reader().code)).encode()).hexdigest()[:12]
    stem = file_name("quality", asked.department, "all" if asked.year is None else asked.year, kind, held)
    made_up = "demonstration-" if data.is_demonstration() else ""
    sheet = say(data.FILE_KINDS[kind].name)
    for form, write in (("csv", as_csv), ("xlsx", partial(as_xlsx, sheet=sheet))):
        st.download_button(
            f"{say(name)} {form.upper()}",
            data=partial(_written, made, write),
            file_name=f"{made_up}{stem}.{form}",
            mime=MIME[form],
            key=f"mend:{kind}:{form}",
            icon=":material/edit_document:",
            on_click="ignore",
            type="tertiary",
        )


def _written(made: "partial[pd.DataFrame]", write: Callable[[pd.DataFrame], bytes]) -> bytes:
    return write(made())
