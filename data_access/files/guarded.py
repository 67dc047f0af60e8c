"""Reading a file in a process of its own: bounded in memory and time, gone as soon as nobody wants its rows.

Reading in the server itself would let one file take the memory and the time of everybody. Each file gets a process
of its own: it starts within some 30 ms, as it imports nothing that is installed, and leaves nothing for the next.
"""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Collection, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from data_access.files.text_rows import UnreadableError
from data_access.files.wire import Message, refusal_from

MEGABYTES = 1_024
SECONDS = 20  # of computing, for a file of ordinary size; see _seconds_for
_BYTES_PER_SECOND = 2 << 20  # what any format is read at, even on a slow machine
_WAITING = 3  # how much longer than it computes a process may keep us waiting, where others share the machine
_LONGEST_MESSAGE = 256 << 20
_PIECE = 1 << 18
_PIPE = 1 << 20  # bytes that the process may read ahead, while the rows before are checked
_HOME = Path(__file__).resolve().parent.parent.parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from data_access.files.child import main; main(sys.argv[2:])"


def messages(file: BinaryIO, ending: str, sheet_names: Collection[str] = ()) -> Generator[Message, None, None]:
    """What the process that reads the file tells: rows, works, progress and notices. Raises `UnreadableError`.

    The process ends with this generator, however that ends.
    """
    seconds = _seconds_for(os.fstat(file.fileno()).st_size)
    request = [ending, json.dumps(sorted(sheet_names)), str(MEGABYTES), str(seconds)]
    child = subprocess.Popen(  # noqa: S603  our own program; of the file only the ending is named
        [sys.executable, "-I", "-S", "-c", _START, str(_HOME), *request],
        stdin=file,
        stdout=subprocess.PIPE,
        env={},
        bufsize=0,
    )
    try:
        for line in _lines(child, seconds):
            message: Message = json.loads(line)
            if "end" in message:
                return
            if "unreadable" in message:
                raise refusal_from(*message["unreadable"])
            yield message
        raise _broken_off(child.wait(), seconds)
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _seconds_for(size: int) -> int:
    return SECONDS + size // _BYTES_PER_SECOND


def _lines(child: subprocess.Popen[bytes], seconds: int) -> Iterator[bytes]:
    """The lines that the process writes, unless it keeps us waiting too long; what we do meanwhile does not count."""
    if child.stdout is None:
        return
    output = child.stdout.fileno()
    with suppress(AttributeError, OSError):  # not every system has wider pipes, or lets us have one
        fcntl.fcntl(output, fcntl.F_SETPIPE_SZ, _PIPE)
    ready = select.poll()
    ready.register(output, select.POLLIN | select.POLLHUP)
    left = float(seconds * _WAITING)
    pieces: list[bytes] = []
    while True:
        since = monotonic()
        if not ready.poll(left * 1_000):
            raise _too_long(seconds * _WAITING)
        piece = os.read(output, _PIECE)
        left = max(0.0, left - (monotonic() - since))
        if not piece:
            return
        first, *others = piece.split(b"\n")
        pieces.append(first)
        if others:
            yield b"".join(pieces)
            yield from others[:-1]
            pieces = [others[-1]]
        if sum(map(len, pieces)) > _LONGEST_MESSAGE:
            raise _broken_off(None, seconds)


def _broken_off(status: int | None, seconds: int) -> UnreadableError:
    """Why the process is gone, for which it found no words itself."""
    if status == -signal.SIGXCPU:
        return UnreadableError(
            f"Reading the file takes more than {seconds} seconds of computing, so it was stopped. "
            "Accepted: simpler or smaller files; split it, or save the table alone.",
            f"読み込みの計算に {seconds} 秒以上かかるため中止しました。ファイルを分けるか、表だけを保存してください。",
        )
    return UnreadableError(
        f"Reading the file broke off (status {status}), as it does where memory runs out "
        f"({MEGABYTES:,} MB are allowed). Accepted: smaller files; split it, or save the table alone.",
        f"読み込みが途中で止まりました（状態 {status}）。メモリ不足（上限 {MEGABYTES:,} MB）などが考えられます。"
        "ファイルを分けるか、表だけを保存してください。",
    )


def _too_long(seconds: int) -> UnreadableError:
    return UnreadableError(
        f"The file was not read within {seconds} seconds, so reading was stopped. "
        "Accepted: simpler or smaller files; split it, or try again when the machine has less to do.",
        f"{seconds} 秒以内に読み終わらないため中止しました。ファイルを分けるか、時間をおいて試してください。",
    )
