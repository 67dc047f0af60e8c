"""The demonstration's rows are the same on every run, fill every indicator, and look like a university's."""

import csv
import json
import re
from collections import Counter
from hashlib import sha256

import demonstration
from data_access.partners import registry
from data_access.reference import departments
from demonstration.departments import TABLES
from metrics.catalogue import INDICATORS, of_cell
from tests.demonstration.reading import (
    STUDENTS,
    YEARS,
    Rows,
    abroad,
    cells,
    countries,
    fiscal_year,
    of_type,
    organizations,
)
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.people import GROUPS, POPULATIONS


def _digest(rows: Rows) -> str:
    return sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def test_two_generations_are_the_same_to_the_byte(rows: Rows) -> None:
    assert _digest(demonstration.generate()) == _digest(rows)


def test_another_seed_keeps_the_calibration_but_not_the_rows(rows: Rows) -> None:
    other = demonstration.generate(seed=1)
    assert _digest(other) != _digest(rows)
    assert len(of_type(other, "publication")) == len(of_type(rows, "publication"))


def test_record_ids_are_unique_within_their_source(rows: Rows) -> None:
    keys = Counter((row["source"], row["record_id"]) for row in rows["activities"])
    assert keys.most_common(1)[0][1] == 1


def test_every_type_of_activity_is_there_in_nearly_every_year(rows: Rows) -> None:
    years = Counter((row["activity_type"], fiscal_year(row)) for row in rows["activities"])
    for kind in ACTIVITY_TYPES:
        assert sum((kind, year) in years for year in YEARS) >= 11, kind


def test_every_population_and_group_is_there_in_every_year(rows: Rows) -> None:
    there = {(row["population"], row["group"], row["as_of"]) for row in rows["populations"]}
    assert {population for population, _, _ in there} == set(POPULATIONS)
    assert {group for _, group, _ in there} == set(GROUPS)
    for population, group in {(population, group) for population, group, _ in there}:
        assert all((population, group, f"{year}-05-01") in there for year in YEARS), (population, group)


def test_no_group_counts_more_than_all_and_no_countries_more_than_their_group(rows: Rows) -> None:
    whole, by_country = {}, Counter[tuple[str, str, str, str]]()
    for row in rows["populations"]:
        key = row["department"], row["as_of"], row["population"], row["group"]
        if row["country"]:
            by_country[key] += int(row["count"])
        else:
            whole[key] = int(row["count"])
    assert all(count <= whole[*key[:3], "all"] for key, count in whole.items())
    assert all(count <= whole[key] for key, count in by_country.items())


def test_the_four_categories_of_faculty_are_disjoint(rows: Rows) -> None:
    categories = ("foreign_national", "overseas_degree", "overseas_experience_1y", "overseas_experience_3y")
    faculty = [row for row in rows["populations"] if row["population"] == "faculty"]
    everyone = {(row["department"], row["as_of"]): int(row["count"]) for row in faculty if row["group"] == "all"}
    counted = Counter[tuple[str, str]]()
    for row in faculty:
        counted[row["department"], row["as_of"]] += int(row["count"]) * (row["group"] in categories)
    assert all(count <= everyone[key] for key, count in counted.items())


def test_the_departments_are_the_real_ones_in_three_groups(rows: Rows) -> None:
    parents = {row["code"]: row["parent_code"] for row in rows["departments"]}
    assert parents.pop("*") == ""
    assert {code for code, parent in parents.items() if parent == "*"} == {"FAC", "GRAD", "INST"}
    assert {code for code, parent in parents.items() if parent != "*"} == {each.code for each in departments()}
    assert all(row["discipline"] for row in rows["departments"] if row["parent_code"] in {"FAC", "GRAD", "INST"})


def test_departments_differ_as_in_life(rows: Rows) -> None:
    """Headcounts by a factor of twenty; physics writes with the world, law little and at home."""
    students = Counter[str]()
    for row in rows["populations"]:
        if row["as_of"] == "2024-05-01" and row["group"] == "all" and row["population"] in STUDENTS:
            students[row["department"]] += int(row["count"])
    assert max(students.values()) > 20 * min(students.values())
    papers, world = Counter[str](), Counter[str]()
    for row in of_type(rows, "publication"):
        for department in cells(row["departments"]):
            papers[department.partition(":")[0]] += 1
            world[department.partition(":")[0]] += abroad(row)
    assert papers["GENG"] > 40 * papers["GLAW"]
    assert world["IMR"] / papers["IMR"] > 0.6 > 0.3 > world["GLAW"] / papers["GLAW"]


def test_partners_are_real_but_for_one_in_twenty(rows: Rows) -> None:
    partners = Counter(partner for row in rows["activities"] for partner in cells(row["partners"]))
    written = {partner for partner in partners if " @ " in partner}
    assert all(organizations()[partner]["status"] == "active" for partner in partners.keys() - written)
    assert 0.03 < sum(partners[partner] for partner in written) / partners.total() < 0.06
    for partner in written:
        name, _, country = partner.partition(" @ ")
        assert registry().named(name, country) is None


def test_the_table_of_partners_says_what_the_registry_says() -> None:
    with (TABLES / "partners.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            organization = organizations()[row["ror_id"]]
            assert (row["name"], row["country"]) == (organization["name"], organization["country_code"])


def test_nobody_is_named(rows: Rows) -> None:
    """No mail address anywhere; persons are pseudonyms of one letter and seven digits."""
    pseudonym = re.compile(r"[apsv]\d{7}")
    for row in rows["activities"]:
        assert "@" not in row["title"] + row["url"]
        assert all(pseudonym.fullmatch(person) for person in cells(row["people"]))


def test_some_papers_are_shared_with_and_without_written_shares(rows: Rows) -> None:
    shared = [row["departments"] for row in of_type(rows, "publication") if ";" in row["departments"]]
    assert 0.09 < len(shared) / len(of_type(rows, "publication")) < 0.14
    assert 0.3 < sum(":" in departments for departments in shared) / len(shared) < 0.7


def test_some_papers_with_the_world_are_led_elsewhere(rows: Rows) -> None:
    leads = Counter(row["lead"] == "external" for row in of_type(rows, "publication") if abroad(row))
    assert 0.36 < leads[True] / leads.total() < 0.46


def test_one_department_registers_papers_twice(rows: Rows) -> None:
    """The second time without countries: the same title, day and people."""
    own = [row for row in of_type(rows, "publication") if row["departments"] == "GBME"]
    seen = Counter((row["title"], row["start_date"], row["people"]) for row in own)
    again = [row for row in own if seen[row["title"], row["start_date"], row["people"]] > 1 and not countries(row)]
    assert len(again) > 20


def test_goals_leave_one_cell_of_the_strategy_all_but_unmeasured(rows: Rows) -> None:
    of_university = {row["indicator"] for row in rows["goals"] if not row["department"]}
    assert of_university <= INDICATORS.keys()
    assert len(of_university) > 30
    assert len({row["department"] for row in rows["goals"] if row["department"]}) >= 6
    for target in ("education", "research", "industry", "society"):
        for process in ("deepening", "comprehensive"):
            with_goal = [each for each in of_cell(target, process) if each.key in of_university]
            if (target, process) == ("industry", "comprehensive"):
                assert [each.key for each in with_goal] == ["startups"]
            else:
                assert len(with_goal) >= 3, (target, process)


def test_no_pattern_of_an_affiliation_is_part_of_another_departments(rows: Rows) -> None:
    patterns = [(row["pattern"].casefold(), row["department"]) for row in rows["affiliations"]]
    for part, department in patterns:
        assert {owner for pattern, owner in patterns if part in pattern} == {department}
    assert {department for _, department in patterns} == {each.code for each in departments()}
