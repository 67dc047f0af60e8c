"""What an import is told beside its files: what goals may name, who imports, how far the file speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Required, TypedDict

from data_access.audit import Actor
from data_access.imports.seen_before import DataState
from data_access.scope import WHOLE_UNIVERSITY, Scope
from vocabulary.text import Text

Conditions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an import is told.

    `indicators`: the keys that goals may name -> whether the value is a share between 0 and 1; `indicator_names`: what
    they are called, for suggestions; `conditions`: the conditions on activities that a declared indicator may name ->
    those that each implies. `home_ror`: the university's own id, which is no partner in works; kept, and where it is
    left out the one kept holds.

    `department`: where records of a database (works, researchmap, KAKEN) go that name no department; where it is left
    out, to the university.

    `importer`: who imports, kept with the attempt; `actor`: the same for the audit log, where more is known than the
    importer's code. `previewed`: the state of the data that the importer saw a preview on; where the data are another
    one by now, nothing is stored. `scope`: whose records may be written; rows on other departments,
    and rows that would replace a record of others, are refused. `complete`: the file is the full list of its extent
    (activities: of its sources; populations: of its days; other kinds: of all there are), so that what is stored of
    that extent and is not in the file is withdrawn. `headings`: header as the file writes it -> name of the column, or
    nothing where the column is left out on purpose. `partial` (activities): the file corrects its own columns in
    records that are stored, and all else of them stays.
    `constants`: column -> what every row of a file without that column
    says there, as its cells would.
    """

    indicators: Mapping[str, bool]
    indicator_names: Mapping[str, Text] = field(default_factory=dict)
    conditions: Conditions = field(default_factory=dict)
    home_ror: str | None = None
    department: str = ""
    importer: str = ""
    actor: Actor | None = None
    previewed: DataState | None = None
    scope: Scope = WHOLE_UNIVERSITY
    complete: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def who(self) -> Actor:
        """Who imports, as the audit log names them."""
        return self.actor or Actor.named(self.importer)


class Telling(TypedDict, total=False):
    """The same as keyword arguments; `Told` says what each is, and what holds where it is left out."""

    indicators: Required[Mapping[str, bool]]
    indicator_names: Mapping[str, Text]
    conditions: Conditions
    home_ror: str | None
    department: str
    importer: str
    actor: Actor | None
    previewed: DataState | None
    scope: Scope
    complete: bool
    headings: Mapping[str, str]
    partial: bool
    constants: Mapping[str, str]
