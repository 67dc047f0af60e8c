"""Who reads: a reader has a name and a scope. In demonstration mode readers are chosen, not signed in."""

from dataclasses import dataclass

from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from vocabulary.articles import with_article
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads. `department` is the department that a head answers for; who is not `offered` has to be asked for.

    `imports`: whether the reader brings data in, too, of the departments of the own scope.
    """

    code: str
    name: Text
    scope: Scope
    department: str | None = None
    offered: bool = True
    imports: bool = True


NO_READER = Reader(code="nobody", name=Text("Nobody", "なし"), scope=NOBODY, imports=False)
OFFICES = (
    Reader(code="president", name=Text("President's office", "総長室"), scope=WHOLE_UNIVERSITY, imports=False),
    Reader(code="office", name=Text("International Strategy Office", "国際戦略室"), scope=WHOLE_UNIVERSITY),
)


def demonstration_readers(records: Records) -> dict[str, Reader]:
    """The two offices, and the head (`head:CODE`) of every department that is not closed.

    Nobody heads a group of departments, so these readers are not offered.
    """
    departments = records.departments()
    there = departments[(departments["code"] != UNIVERSITY) & departments["closed"].isna()]
    heads = (
        Reader(
            code=f"head:{row.code}",
            name=_head_of(Text(str(row.name_en), str(row.name_ja))),
            scope=Scope(departments=records.subtree(str(row.code))),
            department=str(row.code),
            offered=str(row.kind) != "group",
        )
        for row in there.itertuples()
    )
    return {reader.code: reader for reader in (*OFFICES, *heads)}


def _head_of(department: Text) -> Text:
    return Text(f"Head of {with_article(department).en}", f"{department.ja}の長")
