"""What a person may see, of the roles that they hold today and of the tree of departments as it is today. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.readers import Reader, head_of
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Held:
    """One role that was given and not taken back: of a department, and what was at and below it when it was given."""

    role: Role
    department: str = UNIVERSITY
    covers: frozenset[str] = frozenset()
    valid_from: date
    valid_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day in Japan: on its first, on its last, and on those between."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The departments as they are: of each its parent and its name, in the university's own order."""

    parents: Mapping[str, str | None]
    names: Mapping[str, Text]

    def subtree(self, department: str) -> frozenset[str]:
        """A department and everything below it; empty where there is no such department any more."""
        if department not in self.parents:
            return frozenset()
        found = {department}
        while below := {code for code, parent in self.parents.items() if parent in found} - found:
            found |= below
        return frozenset(found)


def reader_with(held: Sequence[Held], tree: Tree, day: date, *, code: str, account: int | None, name: str) -> Reader:
    """The reader who holds these roles on a day: what they may see adds up.

    The role is the widest one (`ROLES` names them widest first) and says what is read, and whether the audit log is.
    Departments are read and brought in where a head's or deputy's role covers them: who is an auditor and a head of
    department reads all, and imports for that department alone. A role covers what is below its department now and
    was below it when the role was given, so that a department that moves widens nobody's view by itself.
    """
    now = [one for one in held if one.in_force(day)]
    if not now:
        return Reader(code=code, name=Text(name, name) if name else _NOBODY, scope=NOBODY, account=account)
    role = min((one.role for one in now), key=list(ROLES).index)
    own = [one for one in now if ROLES[one.role].of_departments]
    covered = frozenset[str]().union(*(tree.subtree(one.department) & one.covers for one in own))
    whole = any(not ROLES[one.role].of_departments for one in now)
    imports_all = any(ROLES[one.role].imports and not ROLES[one.role].of_departments for one in now)
    departments = tuple(at for at in tree.parents if any(at == one.department for one in own) and at in covered)
    called = ROLES[role].name if whole or not departments else _called(own, departments, tree)
    return Reader(
        code=code,
        name=Text(name, name) if name else called,
        scope=WHOLE_UNIVERSITY if whole else Scope(departments=covered),
        role=role,
        departments=departments,
        imports_for=WHOLE_UNIVERSITY if imports_all else Scope(departments=covered),
        account=account,
    )


def _called(own: Sequence[Held], departments: Sequence[str], tree: Tree) -> Text:
    """`Head of the Faculty of Law and deputy head of the School of Medicine`; who is both of one is its head."""
    heads = {one.department for one in own if one.role == "head"}
    headed = [tree.names[at] for at in departments if at in heads]
    deputed = [tree.names[at] for at in departments if at not in heads]
    if not (headed and deputed):
        return head_of(headed) if headed else head_of(deputed, "deputy")
    head, deputy = head_of(headed), head_of(deputed, "deputy")
    return Text(f"{head.en} and {deputy.en[0].lower()}{deputy.en[1:]}", f"{head.ja}、{deputy.ja}")


_NOBODY = Text("Without a role", "権限なし")
