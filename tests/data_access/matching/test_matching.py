"""Names and affiliations become the organization that they mean, surely, perhaps or not at all, and never another one.

The organizations are those of the registry that comes with the project; the strings are as papers and offices write
them.
"""

from collections import Counter

import pytest

from benchmarks.matching import Labels, Rate, labels, rated, repeated
from data_access.matching import Match, Matcher, many, match_many, why
from data_access.partners import Registry, registry

TOHOKU = "https://ror.org/01dq60k83"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(registry())


def named(match: Match) -> list[str]:
    return [one.organization.name_en for one in match.found]


SURE = [
    ("Dept. of Physics, Grad. Sch. Sci., Tohoku Univ., Sendai 980-8578, Japan", "Tohoku University"),
    ("東北大学大学院理学研究科物理学専攻", "Tohoku University"),
    ("国立大学法人　東北大学　工学部", "Tohoku University"),
    ("TOHOKU UNIVERSITY, SENDAI, JAPAN", "Tohoku University"),
    ("Tohoku Univeristy, Sendai, Japan", "Tohoku University"),
    ("University of Tohoku, Sendai", "Tohoku University"),
    ("東北大學", "Tohoku University"),
    ("Department of Surgery, Tohoku University Hospital, Sendai, Japan", "Tohoku University Hospital"),
    ("東北大学病院 内科", "Tohoku University Hospital"),
    (
        "Institute for Materials Research, Tohoku University, Sendai",
        "Institute for Materials Research, Tohoku University",
    ),
    ("Dept. of Astronomy, University of California, Berkeley, CA 94720", "University of California, Berkeley"),
    ("California Univ., Berkeley, CA, USA", "University of California, Berkeley"),
    ("UC Berkeley", "University of California, Berkeley"),
    ("Physics Department, UCLA, Los Angeles, CA", "University of California, Los Angeles"),
    ("Technische Universität München, Garching, Germany", "Technical University of Munich"),
    ("TU Muenchen, Munich", "Technical University of Munich"),
    ("Eidgenössische Technische Hochschule Zürich", "ETH Zurich"),
    ("Max-Planck-Institut für Kernphysik, D-69029 Heidelberg, Germany", "Max Planck Institute for Nuclear Physics"),
    ("Shanghai Jiaotong Univ., Shanghai 200030, P.R. China", "Shanghai Jiao Tong University"),
    ("Dipartimento di Fisica, Università degli Studi di Padova, I-35131 Padova, Italy", "University of Padua"),
    ("Hitachi, Ltd., Tokyo, Japan", "Hitachi (Japan)"),
    ("トヨタ自動車株式会社", "Toyota Motor Corporation (Japan)"),
    ("Department of Medicine University of Tokyo, Tokyo, Japan", "The University of Tokyo"),
]


@pytest.mark.parametrize(("text", "name"), SURE)
def test_what_a_text_surely_means(matcher: Matcher, text: str, name: str) -> None:
    match = matcher.match(text)
    assert (match.status, named(match)[:1]) == ("sure", [name])


NEVER_SURE = [
    "Institute of Physics",
    "National University",
    "Ministry of Health",
    "Institute of Technology",
    "MIT",
    "NIH",
    "Department of Physics, Tokyo",
    "University Hospital, Sendai",
    "Western Tohoku University, Japan",  # of which there is none, and which is not Tohoku University
    "Tohoku University of Astronomy, Sendai, Japan",
    "Tohoku University Memorial Hospital, Sendai, Japan",
    "Tohoku University, Munich, Germany",
    "Nordwind Systems GmbH, Munich, Germany",
    "東北大学出版会",
    "南東北大学",
    "",
    "   ",
    ",;()",
    "\x00 " * 50,
]


@pytest.mark.parametrize("text", NEVER_SURE)
def test_what_is_never_sure(matcher: Matcher, text: str) -> None:
    assert matcher.match(text).status != "sure"


def test_a_country_beside_the_text_forbids_every_other_one(matcher: Matcher) -> None:
    assert matcher.match("Tohoku University", "JP").ror_id == TOHOKU
    assert matcher.match("Tohoku University", "DE").ror_id == ""
    assert matcher.match("Northwestern University", "US").found[0].organization.city == "Evanston"
    assert matcher.match("Northwestern University", "PH").found[0].organization.city == "Laoag"


def test_a_name_of_several_organizations_is_doubtful_until_a_place_tells_them_apart(matcher: Matcher) -> None:
    doubtful = matcher.match("Northwestern University")
    assert doubtful.status == "doubtful"
    assert {one.organization.country for one in doubtful.found} >= {"US", "PH"}
    assert matcher.match("Northwestern University, Evanston, IL 60208").status == "sure"


def test_several_institutions_are_all_given_and_a_laboratory_after_its_host(matcher: Matcher) -> None:
    both = matcher.match("Tohoku University, Sendai, Japan and Technical University of Munich, Munich, Germany")
    assert both.status == "sure"
    assert named(both) == ["Tohoku University", "Technical University of Munich"]
    inside = matcher.match("Max Planck Institute for Nuclear Physics, Max Planck Society, Heidelberg, Germany")
    assert named(inside) == ["Max Planck Institute for Nuclear Physics"]


def test_a_doubtful_text_comes_with_candidates_and_why(matcher: Matcher) -> None:
    match = matcher.match("Weizmann Institute, Israel")
    assert match.status == "doubtful"
    assert "Weizmann Institute of Science" in named(match)
    assert all(one.doubts for one in match.found)
    sure = matcher.match("Tohoku Univ., Sendai, Japan").found[0]
    assert why(sure).en == "“Tohoku Univ” is “Tohoku University”; the city agrees; the country agrees"
    assert "都市が一致" in why(sure).ja
    assert 0.9 <= sure.score <= 1


def test_many_texts_at_once_say_the_same_as_one_by_one(matcher: Matcher) -> None:
    texts = [text for text, _ in SURE] * 2
    assert matcher.match_all(texts) == [matcher.match(text) for text in texts]
    assert matcher.match_all([("Tohoku University", "DE")])[0].country == "DE"


def test_several_processes_say_the_same_as_one(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "WORTH_IT", 2)
    monkeypatch.setattr(many, "AT_ONCE", 3)
    texts = [text for text, _ in SURE]
    assert match_many(matcher, texts, processes=2) == matcher.match_all(texts)


@pytest.fixture(scope="module")
def labelled() -> Labels:
    return labels(Registry(), 1_500, seed=7)


def test_of_labelled_strings_19_of_20_sure_matches_are_right_and_4_of_5_are_found(labelled: Labels) -> None:
    matches = Matcher(registry(), labelled.rows).match_all([(one.text, one.country) for one in labelled.labelled])
    rate = rated(labelled.labelled, matches)
    assert rate.strings > 1_000
    assert rate.precision >= 0.97
    assert rate.recall >= 0.88


def test_the_labelled_strings_hold_what_the_registry_lacks(labelled: Labels) -> None:
    known = {row.ror_id for row in labelled.rows}
    assert all(one.right <= known for one in labelled.labelled)
    assert sum(not one.right for one in labelled.labelled) > 150
    assert len({one.noise for one in labelled.labelled}) > 12


def test_a_batch_repeats_few_partners_often_and_many_once(labelled: Labels) -> None:
    batch = repeated(labelled.labelled, 2_000, seed=3)
    often = Counter(batch)
    assert batch == repeated(labelled.labelled, 2_000, seed=3)
    assert often.most_common(1)[0][1] > 50
    assert sum(count == 1 for count in often.values()) > 300


def test_a_rate_is_what_it_says() -> None:
    rate = Rate(strings=10, known=8, sure=5, right=4)
    assert (rate.precision, rate.recall) == (0.8, 0.5)
