"""Files to mend with: the records and headcounts of findings in the format of the import, to be corrected."""

import hashlib
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from metrics.quality.as_imported import activities_as_imported, headcounts_as_imported
from metrics.quality.listed import headcounts_of, records_of
from pages.parts import data
from pages.parts.filters import link
from pages.parts.language import say
from pages.parts.quality.asked import Asked
from pages.parts.tables import MIME, as_csv, as_xlsx
from vocabulary.text import Text

TO_MEND = Text(
    "The same as files for the import: correct the cells, and import the file again.",
    "同じ記録を取り込み用の形式で出力する。誤りを直し、そのまま取り込める。",
)
WITH_THE_OFFICE = Text(
    "The file to correct holds person ids, which are the Strategy Office's to read: ask it for the file, or correct "
    "the records at their source.",
    "修正用のファイルには参加者IDが含まれるため、国際戦略室だけが出力できる。国際戦略室に依頼するか、情報源で修正する。",
)
RECORDS, HEADCOUNTS = Text("Records", "活動記録"), Text("Headcounts", "人数")
TO_IMPORTS = Text("To the imports", "取り込みへ")


def files_to_mend(asked: Asked, found: pd.DataFrame) -> None:
    """The buttons; a head is told who has the file where it would hold person ids."""
    positions, rows = records_of(found), headcounts_of(asked.seen.holdings, found)
    if not len(positions) and rows.empty:
        return
    office = data.reader().scope.whole_university
    if len(positions) and not office:
        st.caption(say(WITH_THE_OFFICE))
    if len(rows) or (len(positions) and office):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(say(TO_MEND), width="content")
            if len(positions) and office:
                _buttons("activities", RECORDS, positions.tobytes(), partial(_records, asked, found))
            if len(rows):
                _buttons("populations", HEADCOUNTS, rows.to_csv().encode(), partial(headcounts_as_imported, rows))
            link("imports", TO_IMPORTS, icon=":material/upload_file:", kind="activities")


def _records(asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    ledger, positions = asked.seen.holdings.ledger, records_of(found)
    records = data.records()
    links = records.activity_people(ids=ledger.activity_ids[positions].tolist())
    people = records.people()
    names = dict(zip(people["person_id"].tolist(), people["pseudonym"].astype(str), strict=True))
    return activities_as_imported(ledger, positions, links, names)


def _buttons(kind: str, name: Text, content: bytes, made: "partial[pd.DataFrame]") -> None:
    """CSV and XLSX, made when they are asked for; named by what they hold, as files of one name could be mixed up."""
    held = hashlib.sha256(content + repr((data.store(), data.reader().code)).encode()).hexdigest()[:12]
    made_up = "demonstration-" if data.is_demonstration() else ""
    for form, write in (("csv", as_csv), ("xlsx", as_xlsx)):
        st.download_button(
            f"{say(name)} {form.upper()}",
            data=partial(_written, made, write),
            file_name=f"{made_up}{kind}-{held}.{form}",
            mime=MIME[form],
            key=f"mend:{kind}:{form}",
            icon=":material/edit_document:",
            on_click="ignore",
            type="tertiary",
        )


def _written(made: "partial[pd.DataFrame]", write: Callable[[pd.DataFrame], bytes]) -> bytes:
    return write(made())
