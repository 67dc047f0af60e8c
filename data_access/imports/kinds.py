"""The kinds of files that can be imported, in the order in which a new university needs them."""

from data_access.imports.activities import ACTIVITIES
from data_access.imports.affiliations import AFFILIATIONS
from data_access.imports.annotations import ANNOTATIONS
from data_access.imports.columns import Kind
from data_access.imports.country_matrix import COUNTRY_MATRIX
from data_access.imports.departments import DEPARTMENTS
from data_access.imports.goals import GOALS
from data_access.imports.indicators import INDICATORS
from data_access.imports.kaken import KAKEN
from data_access.imports.populations import HEADCOUNTS
from data_access.imports.rates import RATES
from data_access.imports.references import REFERENCES
from data_access.imports.researchmap import RESEARCHMAP
from data_access.imports.works import WORKS

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        DEPARTMENTS,
        ACTIVITIES,
        HEADCOUNTS,
        INDICATORS,
        GOALS,
        ANNOTATIONS,
        RATES,
        COUNTRY_MATRIX,
        REFERENCES,
        AFFILIATIONS,
        WORKS,
        RESEARCHMAP,
        KAKEN,
    )
}
