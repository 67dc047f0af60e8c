"""What a reader can find in the demonstration: departments that fall behind, leap, or are too small to show.

- GPHA writes ever fewer of its papers with partners abroad, while all others write more.
- IRIDES leaps in FY2021, when its international programme starts; GIS takes in many more students from FY2019.
- DEN has one international student: a group of one.
- GBME registered papers of FY2022 and FY2023 twice, the second time without countries: in FY2023 its repository did.
- ECO has delivered no courses of FY2025 of its own; GLAW has not counted its syllabi of 2025, and IMRAM not its
  early-career researchers.
- Some joint research projects of FY2024 and FY2025 have their amounts in thousands of yen.
"""

from demonstration.years import between_years

TWICE_REGISTERED = "GBME"
TWICE_REGISTERED_YEARS = (2022, 2023)
REPOSITORY, REPOSITORY_YEAR = "repository", 2023
NOT_DELIVERED = (("courses", "ECO", 2025),)
"""Source, department and fiscal year of records that did not come."""
NOT_COUNTED = (("GLAW", "2025-05-01", "syllabus", ""), ("IMRAM", "2025-05-01", "researcher", "early_career"))
"""Department, day, population and group (nothing: all) of headcounts that did not come."""
IN_THOUSANDS = ("joint_research_project", (2024, 2025), 53)
"""Type, fiscal years, and each so many-th record whose amount is in thousands of yen."""
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


def delivered(source: str, departments: str, year: int) -> bool:
    """Whether a record came: not where it is of nobody but a department that did not deliver."""
    return (source, departments, year) not in NOT_DELIVERED


def was_counted(department: str, day: str, population: str, group: str) -> bool:
    """Whether a headcount came."""
    return not {(department, day, population, group), (department, day, population, "")} & {*NOT_COUNTED}


def yen_written(kind: str, year: int, number: int) -> int:
    """By how much the amount of the n-th record of a type and year is divided, by mistake."""
    of, years, each = IN_THOUSANDS
    return 1000 if kind == of and year in years and number % each == 0 else 1
