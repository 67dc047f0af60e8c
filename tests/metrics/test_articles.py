"""In English sentences, faculties and some countries take an article; most names take none."""

import pytest

from vocabulary.articles import with_article
from vocabulary.text import Text


@pytest.mark.parametrize(
    "name",
    [
        *("Faculty of Economics", "Graduate School of Arts and Letters", "School of Science", "Netherlands"),
        *("Institute for Materials Research", "International Research Institute of Disaster Science"),
        *("United States", "Philippines", "Central African Republic", "Solomon Islands", "U.S. Virgin Islands"),
    ],
)
def test_some_names_take_an_article(name: str) -> None:
    assert with_article(Text(name, "名")) == Text(f"the {name}", "名")


@pytest.mark.parametrize("name", ["Germany", "Engineering", "Faculties", "the university", "North Korea", "Iceland"])
def test_most_names_take_none(name: str) -> None:
    assert with_article(Text(name, "名")) == Text(name, "名")
