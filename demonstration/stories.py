"""What a reader can find in the demonstration: departments that fall behind, leap, or are too small to show.

- GPHA writes ever fewer of its papers with partners abroad, while all others write more.
- IRIDES leaps in FY2021, when its international programme starts; GIS takes in many more students from FY2019.
- DEN has one international student: a group of one.
- GBME registered papers of FY2022 and FY2023 twice, the second time without countries.
"""

from demonstration.years import between_years

TWICE_REGISTERED = "GBME"
TWICE_REGISTERED_YEARS = (2022, 2023)
ONE_STUDENT = "DEN"


def papers_abroad(department: str, year: int) -> int:
    """Per cent of the department's usual inclination to write papers with partners abroad."""
    if department == "GPHA":
        return between_years(190, 55, year)
    if department == "IRIDES":
        return 130 if year >= 2021 else 75
    return 100


def society(department: str, year: int) -> int:
    """Per cent of the department's usual part in work on social issues."""
    return 170 if department == "IRIDES" and year >= 2021 else 100


def foreign_students(department: str, year: int) -> int:
    """Per cent of the department's usual inclination to take in international students."""
    if department == "GIS":
        return 160 if year >= 2019 else 80
    if department == "GPHA":
        return between_years(130, 70, year)
    return 100


def countries_forgotten(department: str, year: int) -> int:
    """How much likelier than elsewhere it is that a paper is registered without countries."""
    return 12 if department == TWICE_REGISTERED and year in TWICE_REGISTERED_YEARS else 1
