"""Asking a server with patience: what passes is asked again after a pause, what does not is said in both languages."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from vocabulary.text import Text

TRIES = 6  # of one request; the pauses between them add up to half a minute
LONGEST_PAUSE = 300.0  # seconds that a server may ask for; who asks for more wants us to come back another day
MOST_BYTES = 64 << 20  # of one answer; a page of 100 works has about 1 MB
_BACK_OFF = wait_exponential_jitter(initial=1, max=60, jitter=1)

Answer = TypeVar("Answer")


class FetchError(Exception):
    """What was asked for did not come, and asking again at once is no use; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class PassingError(Exception):
    """Something that may be over in a moment; `after` is the pause in seconds that the server asks for."""

    def __init__(self, text: Text, after: float | None = None) -> None:
        super().__init__(text.en)
        self.text, self.after = text, after


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How often is asked again, and how long is waited before. `tell` is told of every pause."""

    tell: Callable[[Text], None] = lambda _text: None
    sleep: Callable[[float], None] = lambda seconds: time.sleep(seconds)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def until_answered(self, ask: Callable[[], Answer]) -> Answer:
        """The answer; raises FetchError when it failed `TRIES` times for reasons that mostly pass."""
        retrying = Retrying(
            retry=retry_if_exception_type(PassingError),
            stop=stop_after_attempt(TRIES),
            wait=_pause,
            sleep=self.sleep,
            before_sleep=self._tell_pause,
            reraise=True,
        )
        try:
            return retrying(ask)
        except PassingError as error:
            raise FetchError(_GAVE_UP.filled(tries=TRIES, why=error.text)) from None

    def asked_for(self, response: requests.Response) -> float | None:
        """The seconds of `Retry-After`, which may be written as a date."""
        written = response.headers.get("Retry-After", "").strip()
        if (seconds := number_in(written)) is not None:
            return seconds
        try:
            return max(0.0, (parsedate_to_datetime(written) - self.now()).total_seconds())
        except (ValueError, TypeError):  # no date, or one without its zone
            return None

    def _tell_pause(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, PassingError):
            self.tell(_PAUSE.filled(why=error.text, seconds=f"{state.upcoming_sleep:.0f}"))


@contextmanager
def unlogged(secret: str) -> Iterator[None]:
    """Meanwhile no line of the log that holds the secret is written."""

    def may_pass(record: logging.LogRecord) -> bool:
        return not secret or secret not in record.getMessage()

    log = logging.getLogger("urllib3.connectionpool")
    log.addFilter(may_pass)
    try:
        yield
    finally:
        log.removeFilter(may_pass)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, PassingError) else None
    return _BACK_OFF(state) if asked is None else asked


def body_of(response: requests.Response) -> bytes:
    """What was answered, as long as it is no more than any honest answer."""
    pieces, size = [], 0
    for piece in response.iter_content(1 << 16):
        size += len(piece)
        if size > MOST_BYTES:
            raise FetchError(_TOO_LARGE.filled(megabytes=MOST_BYTES >> 20))
        pieces.append(piece)
    return b"".join(pieces)


def document_in(body: bytes) -> dict[str, object] | None:
    """The JSON object that was answered; None where it is none."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def number_in(written: str | None) -> float | None:
    """The number in a header, 0 or more; None where there is none."""
    try:
        number = float(written or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


_GAVE_UP = Text("Given up after {tries} tries. {why}", "{tries} 回試みましたが取得できませんでした。{why}")
_PAUSE = Text("{why} Asking again in {seconds} s.", "{why}{seconds} 秒後に再試行します。")
_TOO_LARGE = Text(
    "The answer is larger than {megabytes} MB. Accepted: pages of works as OpenAlex gives them.",
    "応答が {megabytes} MB を超えています。使えるのは OpenAlex の論文のページです。",
)
