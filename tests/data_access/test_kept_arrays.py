"""What is kept in a file is there again whole, or it is nothing; others' half files stand in nobody's way."""

import os
from pathlib import Path

import numpy as np
import pytest

from data_access.kept_arrays import Kept, keep, kept, place_of

ARRAYS = {
    "numbers": np.arange(40, dtype=np.int32),
    "words": np.array(["a", "東"]),
    "none": np.array([], dtype=np.float64),
}
ABOUT = {"mark": "1", "stands_for": [[1, 2]]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "monitor.db.ledger.kept"
    assert keep(file, ABOUT, ARRAYS)
    return file


def same(found: Kept | None) -> bool:
    if found is None or found.about != ABOUT or [*found.arrays] != [*ARRAYS]:
        return False
    pairs = [(found.arrays[name], array) for name, array in ARRAYS.items()]
    return all(one.dtype == other.dtype and np.array_equal(one, other) for one, other in pairs)


def test_what_was_kept_is_there_again_for_its_owner_alone(file: Path) -> None:
    assert same(kept(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_file_in_which_any_byte_is_another_is_whole_or_nothing(file: Path) -> None:
    whole = file.read_bytes()
    for place, byte in enumerate(whole):
        file.write_bytes(whole[:place] + bytes([byte ^ 1]) + whole[place + 1 :])
        found = kept(file)
        assert found is None or same(found), place
    file.write_bytes(whole)
    assert same(kept(file))


def test_no_pickle_is_ever_read(file: Path) -> None:
    with file.open("wb") as opened:
        np.savez(opened, about=np.array([object()], dtype=object))
    assert kept(file) is None


def test_half_a_file_of_others_stands_in_nobodys_way_and_goes_when_it_is_old(file: Path) -> None:
    new, old = (file.with_name(f".{file.name}.{name}") for name in ("new", "old"))
    for one in (new, old):
        one.write_bytes(b"half")
    an_hour_ago = file.stat().st_mtime - 3600
    os.utime(old, (an_hour_ago, an_hour_ago))
    assert keep(file, ABOUT, ARRAYS)
    assert same(kept(file))
    assert new.exists()
    assert not old.exists()


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MONITOR_KEPT", raising=False)
    assert place_of("sqlite:////var/lib/monitor.db", "ledger") == Path("/var/lib/monitor.db.ledger.kept")
    assert place_of("postgresql://user:secret@host/name", "ledger") is None
    monkeypatch.setenv("MONITOR_KEPT", str(tmp_path))
    there = place_of("postgresql://user:secret@host/name", "ledger")
    assert there is not None
    assert there.parent == tmp_path
    assert "secret" not in there.name
    assert there != place_of("postgresql://user:secret@host/other", "ledger")
    monkeypatch.setenv("MONITOR_KEPT", "no")
    assert place_of("sqlite:////var/lib/monitor.db", "ledger") is None
