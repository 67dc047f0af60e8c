"""With whom papers are written: universities abroad and in Japan, and companies."""

import numpy as np

from demonstration.chance import Chance, Flags, Whole
from demonstration.departments import Profiles
from demonstration.partners import HOME, Partners

ABROAD_WEIGHTS = (56, 21, 11, 6, 4, 2)
"""One partner abroad, two, three, ..."""
HOME_WEIGHTS = (38, 37, 18, 7)
"""No partner in Japan, one, two, three."""
COUNTRIES_ONLY_PER_MILLE = 18
COMPANY_PER_MILLE = 44
"""Papers with a company, on the average of departments."""
COMPANY_ABROAD_PER_MILLE = 370
"""Of those with partners abroad and a company, the ones whose company is abroad."""


def partners_of(
    chance: Chance, profiles: Profiles, partners: Partners, departments: list[list[int]], abroad: Flags, unknown: Flags
) -> tuple[list[str], list[str]]:
    """The cells `partners` and `countries` of each paper."""
    count = len(departments)
    first = np.array([together[0] for together in departments], dtype=np.int64)
    countries_only = abroad & chance.happens(COUNTRIES_ONLY_PER_MILLE, count)
    named_abroad = np.where(abroad & ~countries_only, 1 + chance.pick(ABROAD_WEIGHTS, count), 0)
    named_home = np.where(unknown | countries_only, 0, chance.pick(HOME_WEIGHTS, count))
    company = ~unknown & ~countries_only & chance.happens(_company_per_mille(profiles)[first], count)
    from_abroad = company & abroad & chance.happens(COMPANY_ABROAD_PER_MILLE, count)
    together: list[dict[str, None]] = [{} for _ in range(count)]
    for kind, is_abroad, sizes in (
        ("university", True, named_abroad),
        ("university", False, named_home),
        ("company", True, from_abroad.astype(np.int64)),
        ("company", False, (company & ~from_abroad).astype(np.int64)),
    ):
        paper = np.repeat(np.arange(count), sizes)
        drawn = partners.drawn(kind, is_abroad, [profiles.disciplines[d] for d in first[paper].tolist()])
        for position, cell in zip(paper.tolist(), partners.cells(drawn), strict=True):
            together[position][cell] = None
    countries = _countries(chance, partners, abroad, unknown, countries_only, together)
    return [";".join(cells) for cells in together], countries


def _company_per_mille(profiles: Profiles) -> Whole:
    """Departments close to industry write more papers with companies."""
    papers, industry = profiles.weights["papers"], profiles.weights["industry"]
    mean = 1000 * int(industry.sum()) // int(papers.sum())
    per_mille: Whole = COMPANY_PER_MILLE * (300 + 700 * (1000 * industry // papers) // mean) // 1000
    return np.minimum(per_mille, 300)


def _countries(
    chance: Chance, partners: Partners, abroad: Flags, unknown: Flags, only: Flags, together: list[dict[str, None]]
) -> list[str]:
    """Countries where no partner is named: one or two abroad, or home where all authors are the university's own."""
    drawn = partners.countries[partners.drawn("university", True, ["science"] * len(together))].tolist()
    two = partners.countries[partners.drawn("university", True, ["science"] * len(together))].tolist()
    pair = chance.happens(350, len(together)).tolist()
    cells = []
    for position, named in enumerate(together):
        if only[position]:
            cells.append(";".join(sorted({drawn[position], two[position]})) if pair[position] else drawn[position])
        elif named or unknown[position]:
            cells.append("")
        else:
            cells.append(HOME)
    return cells
