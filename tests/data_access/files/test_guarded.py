"""The process that reads a file: it cannot take more than it is given, and it is gone when nobody wants its rows."""

import json
import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from data_access.files import guarded
from data_access.files.text_rows import TextRow, UnreadableError
from data_access.imports.files import rows_of, works_of

CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from data_access.files import child; "
NAMED = '{"notice": [ascii(what), ""]}'


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process that reading starts."""
    processes: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def remembered(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        processes.append(start(*arguments, **options))  # type: ignore[call-overload]  # whatever it is called with
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    return processes


def rows(path: Path) -> list[TextRow]:
    return list(rows_of(path, (), lambda _text: None, lambda _done: None))


def big(path: Path) -> Path:
    path.write_text("a,b\n" + "1,2\n" * 50_000)
    return path


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  a count of names is wanted


def test_rows_come_as_they_are_read(started: list[subprocess.Popen[bytes]], tmp_path: Path) -> None:
    told: list[float] = []
    found = list(rows_of(big(tmp_path / "a.csv"), (), lambda _text: None, told.append))
    assert (found[0], found[-1], len(found)) == (TextRow(1, ["a", "b"]), TextRow(50_001, ["1", "2"]), 50_001)
    assert told == sorted(told)
    assert 0 < told[-1] <= 1
    assert [process.returncode for process in started] != [None]


@pytest.mark.parametrize("wanted", [0, 1, 60_000])
def test_nothing_is_left_of_a_process_however_far_it_was_read(
    wanted: int, started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    path, before = big(tmp_path / "a.csv"), descriptors()
    with closing(rows_of(path, (), lambda _text: None, lambda _done: None)) as found:  # type: ignore[type-var]  # a generator
        for _ in range(wanted):
            next(found, None)
    assert [process.returncode is None for process in started] == ([False] if wanted else [])
    assert descriptors() == before


def test_nothing_is_left_of_a_process_whose_reader_fails(
    started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    def fail(_done: float) -> None:
        raise ZeroDivisionError

    before = descriptors()
    with pytest.raises(ZeroDivisionError):
        list(rows_of(big(tmp_path / "a.csv"), (), lambda _text: None, fail))
    assert (started[0].returncode is None, descriptors()) == (False, before)


def test_a_file_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": f"W{number}"} for number in range(400_000)]))
    monkeypatch.setattr(guarded, "MEGABYTES", 64)
    with pytest.raises(UnreadableError, match="more than 64 MB of memory") as refused:
        list(works_of(path, lambda _done: None))
    assert "64 MB を超えるメモリ" in refused.value.message.ja


@pytest.mark.parametrize(
    ("program", "english", "japanese"),
    [
        ("child._limit(1024, 1); [None for _ in iter(int, 1)]", "more than 1 seconds of computing", "1 秒以上かかる"),
        ("import time; time.sleep(60)", "not read within", "秒以内に読み終わらない"),
        ("import os; os.kill(os.getpid(), 9)", r"broke off \(status -9\).*1,024 MB", "途中で止まりました"),
        ("print('{')", None, None),
    ],
)
def test_a_process_that_finds_no_end_is_refused_with_the_limit(
    program: str,
    english: str | None,
    japanese: str | None,
    monkeypatch: pytest.MonkeyPatch,
    started: list[subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(guarded, "SECONDS", 1)
    monkeypatch.setattr(guarded, "_WAITING", 0.3 if "sleep" in program else 60)
    monkeypatch.setattr(guarded, "_START", CHILD + program)
    if english is None or japanese is None:
        with pytest.raises(json.JSONDecodeError):  # a fault of ours, to be seen
            rows(big(tmp_path / "a.csv"))
    else:
        with pytest.raises(UnreadableError, match=english) as refused:
            rows(big(tmp_path / "a.csv"))
        assert japanese in refused.value.message.ja
        assert "Accepted: " in refused.value.message.en
    assert started[0].returncode is not None


def allowed(what: str, monkeypatch: pytest.MonkeyPatch, path: Path) -> str:
    """What a program says that runs in the limits of a reader; it names the result `what`."""
    said: list[str] = []
    program = f"import json, os, resource; child._limit(1024, 20)\n{what}\n"
    monkeypatch.setattr(guarded, "_START", f"{CHILD}{program}print(json.dumps({NAMED}))\nprint('{{\"end\": true}}')")
    list(rows_of(big(path), (), lambda text: said.append(text.en), lambda _done: None))
    return said[0]


def test_a_process_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    assert "secret" not in allowed("what = dict(os.environ)", monkeypatch, tmp_path / "a.csv")


@pytest.mark.parametrize("mode", ["w", "r", "r+"])
def test_a_process_opens_and_writes_no_file(mode: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = f"what = open({str(tmp_path / 'a.csv')!r}, {mode!r}).read()"
    program = f"try:\n    {opened}\nexcept OSError as error:\n    what = error"
    assert "Too many open files" in allowed(program, monkeypatch, tmp_path / "a.csv")


def test_a_process_has_no_room_for_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limits = ", ".join(f"resource.{name}" for name in ("RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_CPU", "RLIMIT_AS"))
    program = f"what = [resource.getrlimit(one)[1] for one in ({limits})]"
    assert json.loads(allowed(program, monkeypatch, tmp_path / "a.csv")) == [0, 0, 21, 1 << 30]
