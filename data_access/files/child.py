"""The process that reads one file: what it may use is limited first, then it tells what it reads on its output.

It gets the file as its input, so that it opens nothing, and knows nothing of the monitor: neither its environment nor
its database. It imports the reader of the one format alone, and no installed package, so that it starts at once.
"""

import codecs
import json
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from data_access.files.text_rows import TextRow, UnreadableError
from data_access.files.wire import Sender

_ENCODINGS = ("utf-8-sig", "utf-16", "cp932", "euc_jp", "cp437")  # what a reader asks for must be there by then
_NO_MORE_FILES = 3

Reader = Callable[[BinaryIO, Sender], None]


def main(arguments: Sequence[str]) -> None:
    """Reads the file on the standard input; `arguments`: its ending, names of sheets as JSON, megabytes, seconds."""
    ending, names, megabytes, seconds = arguments
    read = _reader(ending, json.loads(names))
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    _limit(int(megabytes), int(seconds))
    with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as pipe:
        sender = Sender(pipe)
        try:
            read(file, sender)
        except UnreadableError as error:
            sender.unreadable(error)
        except MemoryError:
            sender.unreadable(too_much_memory(int(megabytes)))
        sender.end()


def _reader(ending: str, names: list[str]) -> Reader:
    """The reader of one format, which is imported now."""
    if ending == ".csv":
        from data_access.files.csv_file import csv_rows

        return lambda file, to: _send_rows(csv_rows(file, to.notice, to.progress), to)
    if ending == ".xlsx":
        from data_access.files.xlsx_file import xlsx_rows

        return lambda file, to: _send_rows(xlsx_rows(file, names, to.notice, to.progress), to)
    from data_access.files.json_file import works_in

    def send_works(file: BinaryIO, to: Sender) -> None:
        for number, work in works_in(file, ending, to.progress):
            to.work(number, work)

    return send_works


def _send_rows(rows: Iterable[TextRow], to: Sender) -> None:
    for row in rows:
        to.row(row)


def _limit(megabytes: int, seconds: int) -> None:
    """From here on: so much memory and time, no file written or opened, and an end when nobody listens any more."""
    limits = [
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # told at the first, killed at the second
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _NO_MORE_FILES, _NO_MORE_FILES),
    ]
    if sys.platform != "darwin":  # where it is refused
        limits.append((resource.RLIMIT_AS, megabytes << 20, megabytes << 20))
    for what, soft, hard in limits:
        most = resource.getrlimit(what)[1]
        given = (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
        resource.setrlimit(what, given)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the one who asked to stop


def too_much_memory(megabytes: int) -> UnreadableError:
    return UnreadableError(
        f"Reading the file takes more than {megabytes:,} MB of memory, so it was stopped. "
        "Accepted: smaller files; split it, or save the table alone.",
        f"読み込みに {megabytes:,} MB を超えるメモリが必要なため中止しました。"
        "ファイルを分けるか、表だけを保存してください。",
    )
