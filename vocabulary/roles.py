"""The roles that a person can hold: what each is called, and what it may."""

from dataclasses import dataclass
from typing import Literal

from vocabulary.text import Text

Role = Literal["office", "auditor", "president", "head", "deputy", "nobody"]


@dataclass(frozen=True, kw_only=True)
class RoleWords:
    """One role: its name, and what whoever holds it may; `of_departments` roles read those departments alone."""

    name: Text
    may: Text
    does: Text  # the same as verbs, before what it is done to: "will read and import: School of Engineering"
    of_departments: bool  # no default: a role whose flag is forgotten must not read the whole university
    ends: bool = False  # is given until a day, never for good
    imports: bool = False  # brings records in: of what it reads


ROLES: dict[Role, RoleWords] = {  # the widest first: of several that a person holds, the first is what they read as
    "office": RoleWords(
        name=Text("International Strategy Office", "国際戦略室"),
        may=Text(
            "Reads the whole university and the audit log, imports, gives and takes roles, views as others.",
            "全学と監査記録の閲覧、データの取り込み、権限の付与と取り消し、他の閲覧者としての表示。",
        ),
        does=Text("read, import, and give and take roles", "閲覧・取り込み・権限の付与と取り消し"),
        of_departments=False,
        imports=True,
    ),
    "auditor": RoleWords(
        name=Text("Auditor", "監査担当"),
        may=Text(
            "Reads the whole university and the audit log. Imports and changes nothing.",
            "全学と監査記録の閲覧のみ。取り込みや変更はできない。",
        ),
        does=Text("read, with the audit log", "閲覧（監査記録を含む）"),
        of_departments=False,
    ),
    "president": RoleWords(
        name=Text("President's office", "総長室"),
        may=Text(
            "Reads the whole university. Imports and changes nothing.",
            "全学の閲覧のみ。取り込みや変更はできない。",
        ),
        does=Text("read", "閲覧"),
        of_departments=False,
    ),
    "head": RoleWords(
        name=Text("Head of department", "部局長"),
        may=Text(
            "Reads and imports the records of the own departments.",
            "所管部局の記録の閲覧と取り込み。",
        ),
        does=Text("read and import", "閲覧・取り込み"),
        of_departments=True,
        imports=True,
    ),
    "deputy": RoleWords(
        name=Text("Deputy head of department", "部局長代理"),
        may=Text(
            "Reads and imports like the head of the department, until the end of a day.",
            "期限の日の終わりまで、部局長と同じ閲覧と取り込み。",
        ),
        does=Text("read and import", "閲覧・取り込み"),
        of_departments=True,
        ends=True,
        imports=True,
    ),
}
