"""The client of OpenAlex against a server that replays what the API is documented to do, also when it goes wrong."""

import gzip
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_access.sources.asking import LONGEST_PAUSE, TRIES, FetchError, Patience
from data_access.sources.fetching import Fetched, fetch_works, own_ror_id
from data_access.sources.openalex import FIELDS, OpenAlex
from tests.data_access.sources.replay import HOME, Fault, OpenAlexReplay, serving
from vocabulary.text import Text

WORKS: list[dict[str, object]] = [
    {"id": f"https://openalex.org/W{number}", "title": f"Paper {number}"} for number in range(1, 8)
]
NOW = datetime(2026, 11, 28, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def replay() -> Iterator[OpenAlexReplay]:
    """Seven works, two a page."""
    with serving(WORKS) as server:
        yield server


@dataclass
class Fetching:
    """One command after the other into the same folder; nobody waits, what would be waited for is in `pauses`."""

    replay: OpenAlexReplay
    folder: Path
    key: str = ""
    contact: str = ""
    pauses: list[float] = field(default_factory=list)
    told: list[Text] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)

    def run(self, ror: str = HOME["ror"], year: int = 2021) -> Fetched:
        api = OpenAlex(
            api=self.replay.api,
            key=self.key,
            contact=self.contact,
            patience=Patience(tell=self.told.append, sleep=self.pauses.append, now=lambda: NOW),
        )
        return fetch_works(api, self.folder, ror, year, lambda works, count: self.progress.append((works, count)))

    def refused(self, ror: str = HOME["ror"]) -> Text:
        with pytest.raises(FetchError) as error:
            self.run(ror)
        return error.value.text


@pytest.fixture
def fetching(replay: OpenAlexReplay, tmp_path: Path) -> Fetching:
    return Fetching(replay, tmp_path / "openalex")


def ids(fetched: Fetched) -> list[str]:
    """The works of the file, by number."""
    lines = gzip.decompress(fetched.path.read_bytes()).splitlines()
    return sorted(str(json.loads(line)["id"]).rpartition("/")[2] for line in lines)


ALL = [f"W{number}" for number in range(1, 8)]


def test_all_pages_are_read_until_the_cursor_is_null_and_the_results_are_empty(fetching: Fetching) -> None:
    fetched = fetching.run()
    assert ids(fetched) == ALL
    assert (fetched.works, fetched.count) == (7, 7)
    assert fetching.progress == [(2, 7), (4, 7), (6, 7), (7, 7), (7, 7)]
    assert fetched.path.name == "openalex-01dq60k83-2021.jsonl.gz"
    assert (fetching.told, fetching.pauses) == ([], [])


def test_what_is_asked_for_is_what_the_documentation_says(fetching: Fetching) -> None:
    fetching.key, fetching.contact = "secret", "office@example.ac.jp"
    fetching.run()
    first, second, *_ = fetching.replay.asked
    assert first == {
        "filter": "authorships.institutions.lineage:I1,from_publication_date:2021-04-01",
        "select": ",".join(FIELDS),
        "per_page": "100",
        "cursor": "*",
        "api_key": "secret",
    }
    assert second["cursor"] == fetching.replay.cursor(2)
    assert set(fetching.replay.agents) == {"International-Strategy-Monitor (mailto:office@example.ac.jp)"}


def test_without_key_and_contact_neither_is_sent(fetching: Fetching) -> None:
    fetching.run()
    assert all("api_key" not in asked for asked in fetching.replay.asked)
    assert set(fetching.replay.agents) == {"International-Strategy-Monitor"}


PASSING = [
    Fault(status=500),
    Fault(status=502, body=b"<html>Bad gateway</html>"),
    Fault(status=503),
    Fault(status=429),
    Fault(status=403),
    Fault(kind="cut"),
    Fault(kind="garbage"),
    Fault(headers=(("Content-Encoding", "gzip"),), body=b"no gzip"),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: f"{fault.status}-{fault.kind}")
def test_what_passes_is_waited_for_longer_each_time(fault: Fault, fetching: Fetching) -> None:
    fetching.replay.faults = [None, fault, fault, fault]
    assert ids(fetching.run()) == ALL
    assert all(whole <= pause <= whole + 1 for whole, pause in zip((1, 2, 4), fetching.pauses, strict=True))
    assert len(fetching.told) == 3
    assert all("Asking again in" in text.en and "再試行" in text.ja for text in fetching.told)


@pytest.mark.parametrize(("asked", "seconds"), [("7", 7), ("Sat, 28 Nov 2026 12:01:30 GMT", 90), ("0", 0)])
def test_the_server_says_how_long_to_wait(asked: str, seconds: float, fetching: Fetching) -> None:
    fetching.replay.faults = [Fault(status=429, headers=(("Retry-After", asked),))]
    assert ids(fetching.run()) == ALL
    assert fetching.pauses == [seconds]


def test_what_does_not_pass_is_given_up_and_said(fetching: Fetching) -> None:
    fetching.replay.faults = [Fault(status=500)] * TRIES
    said = fetching.refused()
    assert said.en == f"Given up after {TRIES} tries. OpenAlex answered 500: x y."
    assert said.ja.startswith(f"{TRIES} 回試みましたが取得できませんでした。")
    assert len(fetching.pauses) == TRIES - 1
    assert len(fetching.replay.asked) == TRIES


@pytest.mark.parametrize(
    "headers",
    [
        (("Retry-After", str(LONGEST_PAUSE + 1)),),
        (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "43200")),
        (("X-RateLimit-Remaining-USD", "0.00004"), ("X-RateLimit-Reset", "43200")),
    ],
)
def test_an_allowance_that_is_used_up_is_not_waited_for(
    headers: tuple[tuple[str, str], ...], fetching: Fetching
) -> None:
    fetching.replay.faults = [None, Fault(status=429, headers=headers)]
    assert "The daily allowance of OpenAlex is used up" in fetching.refused().en
    assert fetching.pauses == []
    assert ids(fetching.run()) == ALL


def test_a_server_that_is_down_for_hours_is_not_waited_for(fetching: Fetching) -> None:
    fetching.replay.faults = [Fault(status=503, headers=(("Retry-After", "7200"),))]
    assert "OpenAlex answered 503: x y. OpenAlex asks to come back later." in fetching.refused().en
    assert fetching.pauses == []


def test_an_interrupted_command_goes_on_where_it_was(fetching: Fetching) -> None:
    fetching.replay.faults = [None, None, *[Fault(status=503)] * TRIES]
    fetching.refused()
    fetching.replay.asked.clear()
    fetching.told.clear()
    assert ids(fetching.run()) == ALL
    assert fetching.replay.asked[0]["cursor"] == fetching.replay.cursor(4)
    assert len(fetching.replay.asked) == 3
    assert fetching.told[0].en.startswith("Going on behind page 2, begun on ")


@pytest.mark.parametrize("place", range(5))
def test_a_command_that_is_killed_before_any_page_loses_and_doubles_nothing(
    place: int, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between a page and the note where to go on: the worst moment."""
    from data_access.sources.kept_pages import KeptPages

    keep, kept = KeptPages._keep, 0

    def killed(pages: KeptPages, state: object) -> None:
        nonlocal kept
        if kept == place:
            raise KeyboardInterrupt
        kept += 1
        keep(pages, state)  # type: ignore[arg-type]  # as it was called

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(KeptPages, "_keep", killed)
        fetching.run()
    assert ids(fetching.run()) == ALL


def test_a_page_that_comes_twice_doubles_nothing(fetching: Fetching) -> None:
    fetching.replay.faults = [None, Fault(kind="repeat")]
    fetched = fetching.run()
    assert ids(fetched) == [name for name in ALL if name not in ("W3", "W4")]
    assert (fetched.works, fetched.count) == (5, 7)  # what is missing is told by the command


def test_a_cursor_that_is_no_longer_accepted_begins_the_list_again(fetching: Fetching) -> None:
    fetching.replay.faults = [None, None, *[Fault(status=503)] * TRIES]
    fetching.refused()
    fetching.replay.epoch = "b"
    fetching.replay.works[0] = {**WORKS[0], "title": "Paper 1, corrected"}
    fetched = fetching.run()
    assert ids(fetched) == ALL
    titles = {json.loads(line)["title"] for line in gzip.decompress(fetched.path.read_bytes()).splitlines()}
    assert "Paper 1, corrected" in titles
    assert "Paper 1" not in titles
    assert any("Cursor value is invalid" in text.en for text in fetching.told)


def test_a_cursor_that_is_refused_in_every_round_is_given_up(fetching: Fetching) -> None:
    invalid = Fault(status=403, body=b'{"error": "Pagination error.", "message": "Cursor value is invalid."}')
    fetching.replay.faults = [None, invalid] * 9
    assert "refused its own cursor in 4 rounds" in fetching.refused().en


def test_a_list_without_end_is_left(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.sources.kept_pages._SLACK", 20)
    fetching.replay.faults = [None, *[Fault(kind="circle")] * 100]
    assert "The list does not end" in fetching.refused().en


def test_works_that_appear_while_the_list_is_read_are_read(fetching: Fetching) -> None:
    fetching.replay.faults = [None, None, *[Fault(status=500)] * TRIES]
    fetching.refused()
    fetching.replay.works.append({"id": "https://openalex.org/W8"})
    fetched = fetching.run()
    assert ids(fetched) == [*ALL, "W8"]
    assert (fetched.works, fetched.count) == (8, 8)


def test_the_same_works_give_the_same_bytes(fetching: Fetching, tmp_path: Path) -> None:
    first = fetching.run().path.read_bytes()
    assert Fetching(fetching.replay, tmp_path / "other").run().path.read_bytes() == first


def test_nothing_is_asked_again_when_all_is_there(fetching: Fetching) -> None:
    fetching.run()
    fetching.replay.asked.clear()
    assert ids(fetching.run()) == ALL
    assert fetching.replay.asked == []


def test_after_the_import_the_next_command_begins_anew(fetching: Fetching) -> None:
    fetching.run().kept.clear()
    fetching.replay.works.append({"id": "https://openalex.org/W8"})
    assert ids(fetching.run()) == [*ALL, "W8"]


def test_what_was_asked_for_otherwise_is_not_mixed_in(fetching: Fetching) -> None:
    fetching.replay.faults = [None, *[Fault(status=500)] * TRIES]
    fetching.refused()
    state = fetching.folder / "01dq60k83-2021" / "state.json"
    state.write_text(state.read_text().replace(FIELDS[-1], "fwci"))
    fetching.told.clear()
    assert ids(fetching.run()) == ALL
    assert fetching.told == []


def test_a_damaged_page_is_named(fetching: Fetching) -> None:
    fetching.run()
    page = fetching.folder / "01dq60k83-2021" / "page-00002.jsonl.gz"
    page.write_bytes(page.read_bytes()[:-9])
    assert "page-00002.jsonl.gz is damaged. Delete the folder" in fetching.refused().en


def test_a_second_command_in_the_same_folder_is_refused(fetching: Fetching) -> None:
    fetched = fetching.run()
    with fetched.kept.alone():
        assert "Another command is fetching" in fetching.refused().en


def test_a_university_without_works_is_told(fetching: Fetching) -> None:
    fetching.replay.works.clear()
    said = fetching.refused()
    assert said.en.startswith("OpenAlex has no works of https://ror.org/01dq60k83 from April 2021 on.")
    fetching.replay.works.extend(WORKS)
    assert ids(fetching.run()) == ALL


def test_an_institution_that_openalex_does_not_know_is_told(fetching: Fetching) -> None:
    assert (
        "OpenAlex knows no institution with the ROR id https://ror.org/00wjc7c48"
        in fetching.refused("https://ror.org/00wjc7c48").en
    )


@pytest.mark.parametrize("written", ["nonsense", "https://ror.org/0zzzzzz99"])
def test_an_id_that_the_registry_does_not_know_is_refused_before_anything_is_asked(written: str) -> None:
    with pytest.raises(FetchError, match="ROR"):
        own_ror_id(written)


@pytest.mark.parametrize(
    ("key", "said"), [("", "asks for an API key. It is free"), ("wrong", "does not accept the API")]
)
def test_a_key_that_is_missing_or_wrong_is_told(key: str, said: str, fetching: Fetching) -> None:
    fetching.replay.key, fetching.key = "right", key
    assert said in fetching.refused().en


def test_a_request_that_is_refused_says_why_and_is_not_repeated(fetching: Fetching) -> None:
    body = json.dumps({"error": "Invalid filter", "message": "Unknown filter field"}).encode()
    fetching.replay.faults = [Fault(status=400, body=body)]
    assert "OpenAlex answered 400: Invalid filter Unknown filter field." in fetching.refused().en
    assert fetching.pauses == []


@pytest.mark.parametrize("api", ["http://127.0.0.1:1", "nonsense", "ftp://127.0.0.1", ""])
def test_an_address_where_no_openalex_is(api: str, fetching: Fetching) -> None:
    fetching.replay.api, fetching.key = api, "secret-key"
    said = fetching.refused()
    assert "secret-key" not in said.en + said.ja


def test_an_answer_that_is_too_large_is_left(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.sources.asking.MOST_BYTES", 100)
    assert "The answer is larger than" in fetching.refused().en


def test_the_key_is_in_no_message_no_log_and_no_file(fetching: Fetching, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fetching.key = "very-secret"
    leak = json.dumps({"error": "bad", "message": "api_key=very-secret"}).encode()
    fetching.replay.faults = [Fault(kind="cut"), Fault(status=500, body=leak), None, Fault(status=400, body=leak)]
    said = fetching.refused()
    told = [*map(str, fetching.told), str(said), caplog.text]
    told += [path.read_bytes().decode("latin-1") for path in fetching.folder.rglob("*") if path.is_file()]
    assert "very-secret" not in "".join(told)
    assert "api_key=***" in said.en


def test_no_name_and_no_address_of_an_author_is_written(fetching: Fetching) -> None:
    author = {"id": "https://openalex.org/A1", "display_name": "Taro Yamada", "orcid": "https://orcid.org/0000"}
    authorship = {
        "author": author,
        "raw_author_name": "T. Yamada",
        "institutions": [{"ror": HOME["ror"]}],
        "countries": ["JP"],
        "is_corresponding": True,
        "raw_affiliation_strings": ["School of Engineering, taro@example.ac.jp"],
    }
    fetching.replay.works[0] = {**WORKS[0], "authorships": [authorship]}
    lines = gzip.decompress(fetching.run().path.read_bytes()).splitlines()
    written = [path.read_bytes() for path in fetching.folder.rglob("page-*")]
    text = b"".join([*lines, *map(gzip.decompress, written)]).decode()
    assert not [name for name in ("Yamada", "orcid", "taro@") if name in text]
    (kept,) = [json.loads(line)["authorships"] for line in lines if b'/W1"' in line]
    assert kept == [
        {
            "author": {"id": "https://openalex.org/A1"},
            "institutions": [{"ror": HOME["ror"]}],
            "countries": ["JP"],
            "is_corresponding": True,
            "raw_affiliation_strings": ["School of Engineering, ***@***"],
        }
    ]
