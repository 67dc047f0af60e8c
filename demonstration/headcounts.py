"""Students, faculty, researchers and staff of each department on 1 May of each year, to the published totals.

The published 1 May totals of international students count non-degree students too, the published levels of
1 March 2021 do not: 190 + 772 + 818 = 1,780 degree students then, 2,044 on 1 May 2021. Both cannot hold on one
census day. On 1 May 2021 the levels' totals are the published 10,695, 4,261 and 2,709, and the 2,044 are divided as
190 : 772 : 818; the levels as published stand on their own day.
"""

from dataclasses import dataclass

import numpy as np

from demonstration import stories
from demonstration.chance import Chance, Whole, spread
from demonstration.departments import LEVELS, Profiles
from demonstration.years import YEARS, between_years

STUDENTS = {
    "undergraduate": (11090, 11060, 11010, 10960, 10900, 10850, 10780, 10695, 10650, 10600, 10560, 10530),
    "master": (4050, 4065, 4080, 4110, 4140, 4180, 4220, 4261, 4300, 4330, 4370, 4400),
    "doctoral": (2560, 2575, 2590, 2600, 2620, 2640, 2670, 2709, 2760, 2810, 2860, 2920),
}
"""All students on 1 May 2014 to 2025; 2021 as published."""
INTERNATIONAL = (1532, 1663, 1942, 2025, 2089, 2162, 2081, 2044, 2074, 2145, 2230, 2330)
"""International students on 1 May 2014 to 2025; up to 2023 as published."""
INTERNATIONAL_UNDERGRADUATES = (150, 162, 190, 203, 214, 226, 221, 218, 211, 209, 211, 224)
MASTER_PER_MILLE = 486
"""Of the international graduate students, those on master's courses: 772 of 772 + 818."""
WHOLE_YEAR = (2175, 2411, 2855, 3038, 3175, 3243, 2330, 2412, 3007, 3410, 3568, 3775)
"""International students counted over the year; 2023 as published."""
OTHER_DAYS: dict[str, tuple[int, dict[str, tuple[int, int]]]] = {
    "2021-03-01": (2020, {"undergraduate": (190, 10695), "master": (772, 4261), "doctoral": (818, 2709)}),
    "2023-11-01": (2023, {"undergraduate": (219, 10540), "master": (949, 4390), "doctoral": (1036, 2870)}),
}
"""Other days with published headcounts: the year whose shape they have, and (international, all) by level."""


@dataclass(frozen=True, kw_only=True)
class Headcounts:
    """Persons by population (then group): arrays of departments by years."""

    everyone: dict[str, Whole]
    international: dict[str, Whole]
    whole_year: dict[str, Whole]
    other_days: dict[str, dict[str, tuple[Whole, Whole]]]
    """By day and level: (international, all) of each department."""

    def students(self) -> Whole:
        return sum((self.everyone[level] for level in LEVELS), np.zeros_like(self.everyone["master"]))


def _inclination(profiles: Profiles, level: str, year: int) -> Whole:
    column = "foreign_doctoral" if level == "doctoral" else "foreign_students"
    leaps = [100 if level == "undergraduate" else stories.foreign_students(code, year) for code in profiles.codes]
    return profiles.weights[column] * np.array(leaps, dtype=np.int64)


def _most_international(profiles: Profiles, level: str, everyone: Whole) -> Whole:
    most = everyone * 85 // 100
    if level == "undergraduate":
        most[profiles.where(stories.ONE_STUDENT)] = 1
    return most


def _internationals(profiles: Profiles, level: str, year: int, total: int, everyone: Whole, noise: Whole) -> Whole:
    weights = everyone * _inclination(profiles, level, year) * noise
    return spread(total, weights, _most_international(profiles, level, everyone))


def international_by_level(year: int) -> dict[str, int]:
    """The international students of a year by level."""
    position = YEARS.index(year)
    undergraduates = INTERNATIONAL_UNDERGRADUATES[position]
    graduates = INTERNATIONAL[position] - undergraduates
    master = (graduates * MASTER_PER_MILLE + 500) // 1000
    return {"undergraduate": undergraduates, "master": master, "doctoral": graduates - master}


def _employed(profiles: Profiles, noise: dict[str, Whole]) -> dict[str, Whole]:
    faculty = profiles.weights["faculty"][:, None]
    institute = profiles.weights["courses"][:, None] == 0
    growth = np.array([between_years(95, 101, year) for year in YEARS], dtype=np.int64)
    people = faculty * growth * noise["faculty"] // 10000
    researchers = people * (122 + 16 * institute) // 100 + 1
    staff = people * 70 // 100 + 8
    return {"faculty": people, "researcher": researchers, "staff": staff}


def _taught(profiles: Profiles) -> dict[str, Whole]:
    courses = profiles.weights["courses"][:, None] * np.array([between_years(97, 103, year) for year in YEARS]) // 100
    programmes = np.repeat(profiles.weights["programmes"][:, None], len(YEARS), axis=1)
    return {"course": courses, "syllabus": courses + courses // 25, "degree_programme": programmes}


def headcounts(chance: Chance, profiles: Profiles) -> Headcounts:
    """The whole of the headcounts; totals of the university are exact, departments follow quotas and habits."""
    noise = {name: 96 + _wander(chance, len(profiles.codes)) for name in (*LEVELS, "faculty", "abroad")}
    everyone: dict[str, Whole] = {}
    international: dict[str, Whole] = {}
    for level in LEVELS:
        shape = profiles.places[level][:, None] * noise[level]
        totals = STUDENTS[level]
        everyone[level] = np.stack([spread(totals[i], shape[:, i]) for i in range(len(YEARS))], axis=1)
        by_year = [
            _internationals(
                profiles, level, year, international_by_level(year)[level], everyone[level][:, i], noise["abroad"][:, i]
            )
            for i, year in enumerate(YEARS)
        ]
        international[level] = np.stack(by_year, axis=1)
    other_days = {
        day: {level: _other_day(profiles, level, year, levels[level], noise[level]) for level in LEVELS}
        for day, (year, levels) in OTHER_DAYS.items()
    }
    return Headcounts(
        everyone=everyone | _employed(profiles, noise) | _taught(profiles),
        international=international,
        whole_year=_whole_year(everyone, international),
        other_days=other_days,
    )


def _whole_year(everyone: dict[str, Whole], international: dict[str, Whole]) -> dict[str, Whole]:
    """Those of the census day and those who came or left besides, never more than all students."""
    counted = np.concatenate([international[level] for level in LEVELS])
    room = np.concatenate([everyone[level] for level in LEVELS]) - counted
    besides = [
        spread(total - int(counted[:, i].sum()), counted[:, i], room[:, i]) for i, total in enumerate(WHOLE_YEAR)
    ]
    parts = np.split(counted + np.stack(besides, axis=1), len(LEVELS))
    return dict(zip(LEVELS, parts, strict=True))


def _wander(chance: Chance, size: int) -> Whole:
    """Slow ups and downs of a few per cent, departments by years."""
    steps = chance.between(-1, 1, size * len(YEARS)).reshape(size, len(YEARS))
    return 4 + np.clip(np.cumsum(steps, axis=1), -4, 4)


def _other_day(
    profiles: Profiles, level: str, year: int, published: tuple[int, int], noise: Whole
) -> tuple[Whole, Whole]:
    position = YEARS.index(year)
    total, among = published
    everyone = spread(among, profiles.places[level] * noise[:, position])
    return _internationals(profiles, level, year, total, everyone, np.ones_like(everyone)), everyone
