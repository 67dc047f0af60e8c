"""Who may see what: a scope is the set of departments whose records a reader is entitled to."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The departments (codes, sub-departments spelled out) whose records may be read.

    The default is nobody: a `Scope()` sees no row of any table.
    """

    departments: frozenset[str] = frozenset()
    whole_university: bool = False

    @property
    def is_nobody(self) -> bool:
        return not (self.whole_university or self.departments)

    @property
    def code(self) -> str:
        """The scope in one word: `*` the whole university, `-` nobody, else the codes of the departments."""
        return "*" if self.whole_university else ",".join(sorted(self.departments)) or "-"

    def covers(self, department: str) -> bool:
        """Whether the records of this department (`*` = the university) may be read."""
        return self.whole_university or department in self.departments


NOBODY = Scope()
WHOLE_UNIVERSITY = Scope(whole_university=True)
