"""The benchmarks' data: the demonstration grown to any size, the same on every run, and as good in a database."""

from pathlib import Path

import numpy as np
import pytest
from pandas import DataFrame

from benchmarks import growth, scaled
from data_access.engine import connect
from metrics.ledger import Ledger
from tests.conftest import CanaryUniversity

SIZE = 3_000


@pytest.fixture(scope="module")
def small(canary_university: CanaryUniversity) -> dict[str, DataFrame]:
    return scaled.frames_of(f"sqlite:///file:{canary_university.file}?mode=ro&uri=true")


def test_grown_data_are_the_same_on_every_run_and_others_with_another_seed(small: dict[str, DataFrame]) -> None:
    one, again, other = (scaled.grown(small, SIZE, seed) for seed in (1, 1, 2))
    assert all(frame.equals(again[name]) for name, frame in one.items())
    assert not one["activities"].equals(other["activities"])


def test_grown_data_have_the_mix_of_what_they_are_modelled_on_and_more_partners(small: dict[str, DataFrame]) -> None:
    frames = scaled.grown(small, SIZE)
    assert len(frames["activities"]) == SIZE
    shares = [one["activities"]["activity_type"].value_counts(normalize=True) for one in (small, frames)]
    assert shares[1].sub(shares[0], fill_value=0).abs().max() < 0.05
    assert len(frames["partners"]) == int(SIZE**scaled.PARTNERS_GROW) > len(small["partners"])
    assert set(frames["partners"]["country"]) == set(small["partners"]["country"])
    assert frames["activity_people"]["person_id"].max() <= SIZE / scaled.ACTIVITIES_A_PERSON
    Ledger.of(frames)


def test_flat_data_have_one_row_for_each_activity(small: dict[str, DataFrame]) -> None:
    ledger = Ledger.of(scaled.grown(small, SIZE, flat=True))
    assert np.unique(ledger.span).tolist() == [1]
    for links in (ledger.departments, ledger.partners, ledger.people, ledger.countries):
        assert np.unique(links.counts).tolist() == [1]


def test_a_database_of_grown_data_holds_them(
    small: dict[str, DataFrame], canary_university: CanaryUniversity, tmp_path: Path
) -> None:
    frames = scaled.grown(small, SIZE)
    url = canary_university.copy_in(tmp_path)
    engine = connect(url)
    scaled.write(engine, frames)
    engine.dispose()
    stored = scaled.frames_of(url)
    kept_alike = {name: frame.astype(stored[name].dtypes) for name, frame in frames.items()}  # as Arrow keeps
    assert [name for name, frame in kept_alike.items() if not frame.equals(stored[name])] == ["state"]
    marks = [dict(zip(one["state"]["name"], one["state"]["value"], strict=True)) for one in (frames, stored)]
    differ = {name for name in marks[0] | marks[1] if marks[0].get(name) != marks[1].get(name)}
    assert differ == {"data_version", "data_mark", "untold_mark"}


def test_what_a_size_needs_is_what_was_measured_else_in_a_line_through_the_last_two() -> None:
    small, middle, large = (
        growth.Cost(
            activities=n, links=3 * n, rows=6 * n, ledger=n, first=n, again=n, filtered=n, megabytes=100 + 1024 * n
        )
        for n in (1, 2, 3)
    )
    assert growth.needed("measured", 1, [small, middle, large]) == "| measured | 1 | 3 | 1.10 | 1.0 | 1.0 |"
    assert growth.needed("beyond", 10, [small, middle, large]) == "| beyond | 10 | 30 | 10.10 | 10.0 | 10.0 |"
