"""A partner is found by its id, and by its name only where that is sure."""

import csv
import gzip
from pathlib import Path

import pytest

from data_access import partners
from data_access.partners import NotInRegistryError, Organization, Registry, registry

TOHOKU = "https://ror.org/01dq60k83"
HEADER = (
    "ror_id name name_ja acronyms aliases types status country_code city lat lng parents successors".split()  # noqa: SIM905
)


@pytest.fixture
def small(tmp_path: Path) -> Registry:
    """Each trap once: withdrawn ids of every kind, and names that two share."""
    rows = [
        _line("0aaaaaa01", "Alpha University", name_ja="アルファ大学", aliases="Alfa|AU", acronyms="AU"),
        _line("0aaaaaa02", "Twin College"),
        _line("0aaaaaa03", "Twin College"),
        _line("0aaaaaa04", "Twin College", country="DE"),
        _line("0aaaaaa05", "Closed Institute", status="inactive"),
        _line("0aaaaaa06", "Beta", aliases="Alfa Beta"),
        _line("0aaaaaa07", "Gamma", acronyms="BETA"),
        _line("0bbbbbb01", "To Alpha by two steps", status="withdrawn", successors="0bbbbbb02"),
        _line("0bbbbbb02", "To Alpha", status="withdrawn", successors="0aaaaaa01"),
        _line("0bbbbbb03", "Split", status="withdrawn", successors="0aaaaaa02|0aaaaaa03"),
        _line("0bbbbbb04", "Gone", status="withdrawn"),
        _line("0bbbbbb05", "To somebody unknown", status="withdrawn", successors="0cccccc01"),
        _line("0bbbbbb06", "Circle", status="withdrawn", successors="0bbbbbb07"),
        _line("0bbbbbb07", "Circle, too", status="withdrawn", successors="0bbbbbb06"),
    ]
    path = tmp_path / "ror.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return Registry(path)


def _line(
    bare: str,
    name: str,
    *,
    name_ja: str = "",
    aliases: str = "",
    acronyms: str = "",
    status: str = "active",
    country: str = "JP",
    successors: str = "",
) -> dict[str, str]:
    names = {"name": name, "name_ja": name_ja, "aliases": aliases, "acronyms": acronyms}
    place = {"country_code": country, "city": "X", "lat": "", "lng": ""}
    return {"ror_id": f"https://ror.org/{bare}", **names, "status": status, **place, "successors": successors}


@pytest.mark.parametrize(
    "written",
    [TOHOKU, "ror.org/01dq60k83", "01dq60k83", " https://ror.org/01DQ60K83/ ", "http://www.ror.org/01dq60k83"],
)
def test_an_id_is_understood_however_it_is_written(written: str) -> None:
    assert registry().by_id(written) == Organization(
        ror_id=TOHOKU,
        name_en="Tohoku University",
        name_ja="東北大学",
        country="JP",
        city="Sendai",
        types="education|funder",
        latitude=38.26667,
        longitude=140.86667,
    )


@pytest.mark.parametrize("written", ["", "Tohoku", "https://evil.example/01dq60k83", "01dq60k8", "01dq60kl3"])
def test_what_is_no_id_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(NotInRegistryError, match="is no ROR id; one looks like https://ror.org/01dq60k83"):
        registry().by_id(written)


def test_an_unknown_id_is_refused_in_both_languages() -> None:
    with pytest.raises(NotInRegistryError) as refusal:
        registry().by_id("https://ror.org/000000000")
    assert "is not in the ROR release" in refusal.value.text.en
    assert "ROR データにありません" in refusal.value.text.ja


@pytest.mark.parametrize("bare", ["0bbbbbb01", "0bbbbbb02"])
def test_a_withdrawn_id_leads_to_its_one_successor(small: Registry, bare: str) -> None:
    assert small.by_id(bare).name_en == "Alpha University"


@pytest.mark.parametrize(
    ("bare", "said"),
    [
        ("0bbbbbb03", "none of its successors (https://ror.org/0aaaaaa02, https://ror.org/0aaaaaa03)"),
        ("0bbbbbb04", "without a successor"),
        ("0bbbbbb05", "none of its successors (https://ror.org/0cccccc01)"),
        ("0bbbbbb06", "ROR withdrew https://ror.org/0bbbbbb07"),
    ],
)
def test_a_withdrawn_id_without_one_successor_is_refused(small: Registry, bare: str, said: str) -> None:
    with pytest.raises(NotInRegistryError) as refusal:
        small.by_id(bare)
    assert said in refusal.value.text.en


def test_an_inactive_organization_is_found_by_its_id_but_not_by_its_name(small: Registry) -> None:
    assert small.by_id("0aaaaaa05").name_en == "Closed Institute"
    assert small.named("Closed Institute", "JP") is None


@pytest.mark.parametrize(
    "name",
    [
        "Alpha University",
        "  alpha   UNIVERSITY ",
        "Ａｌｐｈａ　Ｕｎｉｖｅｒｓｉｔｙ",
        "アルファ大学",
        "ｱﾙﾌｧ大学",
        "Alfa",
    ],
)
def test_a_name_is_sure_whatever_its_case_width_and_spaces(small: Registry, name: str) -> None:
    found = small.named(name, "jp")
    assert found is not None
    assert found.ror_id == "https://ror.org/0aaaaaa01"


@pytest.mark.parametrize(
    ("name", "country", "why"),
    [
        ("AU", "JP", "an acronym, even if it is listed as an alias"),
        ("Beta", "JP", "somebody else's acronym"),
        ("Twin College", "JP", "two of them"),
        ("Alpha University", "DE", "another country"),
        ("Alpha Universit", "JP", "nearly"),
        ("To Alpha", "JP", "withdrawn"),
        ("", "JP", "nothing"),
        ("  ", "JP", "nothing, with spaces"),
    ],
)
def test_a_name_that_is_not_sure_gives_nothing(small: Registry, name: str, country: str, why: str) -> None:
    assert small.named(name, country) is None, why


def test_one_of_two_namesakes_is_sure_in_its_own_country(small: Registry) -> None:
    found = small.named("Twin College", "DE")
    assert found is not None
    assert found.ror_id == "https://ror.org/0aaaaaa04"


def test_names_that_have_the_same_mark_are_told_apart(small: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partners, "_mark", lambda _plain: 0)
    found = {
        name: small.named(name, "JP") for name in ("Alpha University", "Alfa Beta", "Twin College", "BETA", "none")
    }
    assert [one and one.ror_id[-2:] for one in found.values()] == ["01", "06", None, None, None]


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ror.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("id,name\n1,x\n")
    with pytest.raises(ValueError, match="does not have the columns ror_id, name"):
        Registry(path).by_id("01dq60k83")
