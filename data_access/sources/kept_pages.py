"""What was fetched so far: a folder of pages and a small file that says where to go on; both are written whole or not.

01dq60k83-2021/  page-00001.jsonl.gz ...   the works, as they came
                 state.json                what was asked for, the next cursor, how many pages
                 openalex-01dq60k83-2021.jsonl.gz   all works, each once, when the last page is there
"""

import fcntl
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from data_access.sources.asking import FetchError
from data_access.sources.openalex import FIRST_CURSOR, Page, Work
from vocabulary.text import Text

MOST_ROUNDS = 4  # how often the list is begun again because a cursor was refused
_SLACK = 1_000  # works that a list may grow by while it is read


@dataclass(frozen=True, kw_only=True)
class State:
    """How far the fetching came. A round ends early where the server refuses its cursor; the next begins anew."""

    asked: dict[str, str]
    cursor: str | None = FIRST_CURSOR  # None: all pages are there
    pages: int = 0
    works: int = 0  # read in this round, each as often as it came
    count: int = 0  # how many there are, as the last page said
    rounds: int = 1
    begun: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())


class KeptPages:
    """The folder of one fetching. `state` is where it stands; what does not fit what is asked for now is dropped."""

    def __init__(self, folder: Path, asked: Mapping[str, str]) -> None:
        self.folder = folder
        kept = self._kept_state()
        if kept is None or kept.asked != asked:
            self.clear()
            kept = State(asked=dict(asked))
        self.state = kept

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else fetches into the folder meanwhile; raises FetchError where somebody does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FetchError(_SOMEBODY_ELSE.filled(folder=self.folder)) from None
            yield

    def add(self, page: Page) -> None:
        """Keeps a page, then where to go on; cut short between the two, the page comes again under its number."""
        state = replace(
            self.state,
            cursor=page.next_cursor,
            pages=self.state.pages + bool(page.works),
            works=self.state.works + len(page.works),
            count=page.count,
        )
        if state.works > 2 * state.count + _SLACK:
            raise FetchError(_CIRCLE.filled(works=f"{state.works:,}", count=f"{state.count:,}"))
        if page.works:
            lines = "".join(json.dumps(work, ensure_ascii=True) + "\n" for work in page.works)
            _write(self._page(state.pages), gzip.compress(lines.encode(), mtime=0))
        self._keep(state)

    def begin_again(self) -> None:
        """Starts the list anew behind the pages that are there: of a work that comes again the later one holds."""
        if self.state.rounds == MOST_ROUNDS:
            raise FetchError(_REFUSED_AGAIN.filled(rounds=MOST_ROUNDS))
        self._keep(replace(self.state, cursor=FIRST_CURSOR, works=0, rounds=self.state.rounds + 1))

    def merged(self) -> tuple[Path, int]:
        """All works in one file, each once, as it came last; and how many they are. The same works, the same bytes."""
        path, number = self.folder / f"openalex-{self.folder.name}.jsonl.gz", 0
        partial = path.with_suffix(".part")
        with partial.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
            for work in self._each_once():
                number += 1
                file.write(json.dumps(work, ensure_ascii=True).encode() + b"\n")
        partial.replace(path)
        return path, number

    def clear(self) -> None:
        """Drops pages and state, so that the next fetching begins anew; the file of all works stays."""
        for path in [self.folder / "state.json", *self.folder.glob("page-*.jsonl.gz")]:
            path.unlink(missing_ok=True)

    def _each_once(self) -> Iterator[Work]:
        seen: set[object] = set()
        for number in range(self.state.pages, 0, -1):
            for work in reversed(self._works(number)):
                name = work.get("id")
                if name is None or name not in seen:
                    seen.add(name)
                    yield work

    def _works(self, number: int) -> list[Work]:
        try:
            lines = gzip.decompress(self._page(number).read_bytes()).splitlines()
            return [json.loads(line) for line in lines]
        except (OSError, EOFError, ValueError):
            raise FetchError(_DAMAGED.filled(page=self._page(number), folder=self.folder)) from None

    def _page(self, number: int) -> Path:
        return self.folder / f"page-{number:05}.jsonl.gz"

    def _kept_state(self) -> State | None:
        try:
            return State(**json.loads((self.folder / "state.json").read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def _keep(self, state: State) -> None:
        _write(self.folder / "state.json", json.dumps(asdict(state)).encode())
        self.state = state


def _write(path: Path, content: bytes) -> None:
    """Writes a file whole: whoever looks finds the old one or the new one, also after a power cut."""
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


_SOMEBODY_ELSE = Text(
    "Another command is fetching into {folder} at this moment. Wait for it, or name another --folder.",
    "別のコマンドが {folder} に取得中です。終わるまで待つか、別の --folder を指定してください。",
)
_CIRCLE = Text(
    "The list does not end: {works} works were read, OpenAlex says there are {count}. What came is kept.",
    "一覧が終わりません（読込 {works} 件、OpenAlex の件数 {count} 件）。取得済みの分は残してあります。",
)
_REFUSED_AGAIN = Text(
    "OpenAlex refused its own cursor in {rounds} rounds. What came is kept; try again later.",
    "OpenAlex が自身のカーソルを {rounds} 回受け付けませんでした。取得済みの分は残っています。後で再実行してください。",
)
_DAMAGED = Text(
    "{page} is damaged. Delete the folder {folder} and fetch again.",
    "{page} が壊れています。フォルダ {folder} を削除して、取得し直してください。",
)
