"""Who reads: a reader has a name, a role and a scope. In demonstration mode readers are chosen, not signed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pandas import DataFrame

from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from vocabulary.articles import with_article
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads. `departments` are those that a head answers for; who is not `offered` has to be asked for.

    `role` is the widest role held. `imports_for`: whose records the reader brings in, too; nobody's for most readers of
    the whole university. `account`: who is signed in; None where nobody signs in. `seen_by` is the code of who looks
    through this reader's eyes: then nothing is written.
    """

    code: str
    name: Text
    scope: Scope
    role: Role = "nobody"
    departments: tuple[str, ...] = ()
    offered: bool = True
    imports_for: Scope = NOBODY
    account: int | None = None
    seen_by: str = ""

    @property
    def department(self) -> str | None:
        """The department that a head answers for; of several the first in the university's own order."""
        return self.departments[0] if self.departments else None

    @property
    def imports(self) -> bool:
        """Whether the reader brings data in, of the departments of `imports_for`."""
        return not self.seen_by and not self.imports_for.is_nobody

    @property
    def may_decide(self) -> bool:
        """Whether the reader decides what holds for the whole university, such as what partners' names mean."""
        return self.role == "office" and self.imports

    @property
    def may_read_access(self) -> bool:
        """Whether the reader sees who has which role."""
        return self.role == "office"

    @property
    def may_grant(self) -> bool:
        """Whether the reader gives and takes roles: who is signed in, so that it is known who did."""
        return self.role == "office" and self.account is not None and not self.seen_by

    @property
    def may_view_as(self) -> bool:
        """Whether the reader may look through another's eyes."""
        return self.may_grant

    @property
    def may_read_audit(self) -> bool:
        """Whether the reader reads who did what."""
        return self.role in ("office", "auditor")

    def seen_through(self, by: "Reader") -> "Reader":
        """This reader's view as `by` takes it: the same scope, and nothing can be written."""
        return replace(self, imports_for=NOBODY, account=by.account, seen_by=by.code)


NO_READER = Reader(code="nobody", name=Text("Nobody", "なし"), scope=NOBODY)
OFFICES = (
    Reader(code="president", name=ROLES["president"].name, scope=WHOLE_UNIVERSITY, role="president"),
    Reader(
        code="office",
        name=ROLES["office"].name,
        scope=WHOLE_UNIVERSITY,
        role="office",
        imports_for=WHOLE_UNIVERSITY,
    ),
)
AUDITOR = Reader(code="auditor", name=ROLES["auditor"].name, scope=WHOLE_UNIVERSITY, role="auditor")


def demonstration_readers(records: Records) -> dict[str, Reader]:
    """The two offices, the auditor, and the head (`head:CODE`) of every department that is not closed.

    Nobody heads a group of departments, so these readers are not offered. Where a faculty and a graduate school have
    one discipline, the first such two have a head of both (`head:CODE+CODE`), too, and the faculty a deputy.
    """
    departments = records.departments()
    there = departments[(departments["code"] != UNIVERSITY) & departments["closed"].isna()]
    names = {str(row.code): Text(str(row.name_en), str(row.name_ja)) for row in there.itertuples()}
    kinds = dict(zip(there["code"], there["kind"], strict=True))

    def of(role: Role, *codes: str) -> Reader:
        scope = Scope(departments=frozenset[str]().union(*map(records.subtree, codes)))
        return Reader(
            code=f"{role}:{'+'.join(codes)}",
            name=head_of([names[code] for code in codes], role),
            scope=scope,
            role=role,
            departments=codes,
            offered=kinds[codes[0]] != "group",
            imports_for=scope,
        )

    heads = [of("head", code) for code in names]
    both = _of_one_discipline(there)
    more = [of("head", *both), of("deputy", both[0])] if both else []
    return {reader.code: reader for reader in (*OFFICES, AUDITOR, *heads, *more)}


def _of_one_discipline(departments: DataFrame) -> tuple[str, ...]:
    """The first faculty that has a graduate school of its discipline, and the first such school; nothing without."""
    schools = departments[departments["kind"] == "graduate_school"]
    for faculty in departments[departments["kind"] == "faculty"].itertuples():
        beside = schools.loc[(schools["discipline"] == faculty.discipline) & (schools["discipline"] != ""), "code"]
        if len(beside):
            return str(faculty.code), str(beside.iloc[0])
    return ()


def head_of(departments: Sequence[Text], role: Role = "head") -> Text:
    """`Head of the Faculty of Law and the School of Medicine`, `法学部・医学部の長`; of a deputy `Deputy ...`."""
    names = [with_article(one).en for one in departments]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    japanese = "・".join(one.ja for one in departments)
    if role == "deputy":
        return Text(f"Deputy head of {listed}", f"{japanese}の長の代理")
    return Text(f"Head of {listed}", f"{japanese}の長")
