"""OpenAlex over its API: the works of one institution page by page, politely, and with patience for what passes.

Built to developers.openalex.org as read on 2026-11-28 (guides/page-through-results and selecting-fields,
api-reference/errors, authentication and works). What it rests on: `per_page` up to 100; `cursor=*`, then
`meta.next_cursor` until that is null and `results` is empty; `select` of root fields; errors as `{error, message}`;
403 and 429 for too much, 500 for what passes; `api_key` in the address (free; since 2026 cursors are refused with 401
without one). `X-RateLimit-*` and `mailto:` in the User-Agent are those of docs.openalex.org/how-to-use-the-api/
rate-limits-and-authentication (2026-01). A cursor that is no longer accepted is answered 400, formerly 403, with a
message that names it.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from vocabulary.text import Text

Work = dict[str, object]
API = "https://api.openalex.org"
PER_PAGE = 100
FIRST_CURSOR = "*"
FIELDS = (
    "id",
    "doi",
    "title",
    "display_name",
    "publication_date",
    "type",
    "language",
    "is_retracted",
    "is_paratext",
    "authorships",
    "sustainable_development_goals",
    "citation_normalized_percentile",
)
TRIES = 6  # of one request; the pauses between them add up to half a minute
LONGEST_PAUSE = 300.0  # seconds that a server may ask for; who asks for more wants us to come back another day
MOST_BYTES = 64 << 20  # of one answer; a page of 100 works has about 1 MB
_TIMEOUTS = (10, 60)  # seconds to connect, and between two pieces of an answer
_LEFT = ("X-RateLimit-Remaining", "X-RateLimit-Remaining-USD")  # of the day's allowance, in credits and in dollars
_PRICE = 0.0001  # dollars, of a page of a list
_BACK_OFF = wait_exponential_jitter(initial=1, max=60, jitter=1)


class FetchError(Exception):
    """What was asked for did not come, and asking again at once is no use; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class CursorRefusedError(FetchError):
    """The server no longer accepts a cursor that it gave."""


class _PassingError(Exception):
    """Something that may be over in a moment; `after` is the pause in seconds that the server asks for."""

    def __init__(self, text: Text, after: float | None = None) -> None:
        super().__init__(text.en)
        self.text, self.after = text, after


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of works: `next_cursor` is None on the last one, `count` says how many works there are at the moment."""

    works: list[Work]
    next_cursor: str | None
    count: int


@dataclass(frozen=True, kw_only=True)
class OpenAlex:
    """The API at one address. `key` is a secret: it goes into the request and nowhere else.

    `contact`: a mail address by which OpenAlex can reach the operator. `tell` is told of every pause.
    """

    api: str = API
    key: str = ""
    contact: str = ""
    tell: Callable[[Text], None] = lambda _text: None
    sleep: Callable[[float], None] = lambda seconds: time.sleep(seconds)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    session: requests.Session = field(default_factory=requests.Session)  # one connection for all pages

    def institution(self, ror_id: str) -> str:
        """The OpenAlex id, as I201537933, of the institution with a ROR id."""
        status, answer = self._get(f"/institutions/ror:{ror_id}", {"select": "id"})
        found = str(answer.get("id", "")).rpartition("/")[2]
        if status == HTTPStatus.NOT_FOUND or not found:
            raise FetchError(_UNKNOWN.filled(ror=ror_id))
        return found

    def works(self, query: Mapping[str, str], cursor: str) -> Page:
        """One page of the works that a query asks for; raises CursorRefusedError where only the cursor is wrong."""
        status, answer = self._get("/works", {**query, "cursor": cursor})
        meta, works = answer.get("meta"), answer.get("results")
        if status == HTTPStatus.NOT_FOUND or not isinstance(meta, dict) or not isinstance(works, list):
            raise FetchError(_NOT_OPENALEX.filled(api=self.api))
        following, count = meta.get("next_cursor"), meta.get("count")
        return Page(
            works=[work for work in works if isinstance(work, dict)],
            next_cursor=following if isinstance(following, str) and works else None,
            count=count if isinstance(count, int) else 0,
        )

    def _get(self, path: str, parameters: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """The answer to a request that was understood (200, or 404), asked again while it fails for passing reasons."""
        retrying = Retrying(
            retry=retry_if_exception_type(_PassingError),
            stop=stop_after_attempt(TRIES),
            wait=_pause,
            sleep=self.sleep,
            before_sleep=self._tell_pause,
            reraise=True,
        )
        try:
            return retrying(self._once, path, parameters)
        except _PassingError as error:
            raise FetchError(_GAVE_UP.filled(tries=TRIES, why=error.text)) from None

    def _once(self, path: str, parameters: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        secret = {"api_key": self.key} if self.key else {}
        agent = "International-Strategy-Monitor" + (f" (mailto:{self.contact})" if self.contact else "")
        try:
            with (
                _unlogged(self.key),
                self.session.get(
                    self.api.rstrip("/") + path,
                    params={**parameters, **secret},
                    headers={"User-Agent": agent, "Accept": "application/json"},
                    timeout=_TIMEOUTS,
                    stream=True,
                ) as response,
            ):
                body = _body(response)
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            raise _PassingError(_CUT.filled(what=type(error).__name__)) from None  # its own text holds the address
        except (requests.RequestException, ValueError) as error:
            raise FetchError(_NO_ADDRESS.filled(api=self.api, what=type(error).__name__)) from None
        answer = _document(body)
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            raise self._error(response, answer, parameters.get("cursor", FIRST_CURSOR))
        if answer is None and response.status_code == HTTPStatus.OK:
            raise _PassingError(_NOT_JSON)
        return response.status_code, answer or {}

    def _error(
        self, response: requests.Response, answer: dict[str, object] | None, cursor: str
    ) -> FetchError | _PassingError:
        """What an answer with an error means: wait, start again, or give up."""
        code = response.status_code
        said = self._said(answer)
        told = _ANSWERED.filled(code=code, said=f": {said}" if said else "")
        if code == HTTPStatus.UNAUTHORIZED:
            return FetchError(_WRONG_KEY if self.key else _NO_KEY)
        if (
            code in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN)
            and cursor != FIRST_CURSOR
            and "cursor" in said.lower()
        ):
            return CursorRefusedError(told)
        if code in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
            after = self._asked_pause(response)
            left = [_number(response.headers.get(name)) for name in _LEFT]
            used_up = any(number is not None and number < _PRICE for number in left)
            if used_up or (after or 0) > LONGEST_PAUSE:
                wait = after or _number(response.headers.get("X-RateLimit-Reset")) or 0
                return FetchError(_USED_UP.filled(hours=f"{wait / 3600:.1f}"))
            return _PassingError(told, after)
        if code == HTTPStatus.REQUEST_TIMEOUT or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return _PassingError(told, self._asked_pause(response))
        return FetchError(_REFUSED.filled(told=told))

    def _said(self, answer: Mapping[str, object] | None) -> str:
        """What the server says of an error: short, printable, and without the key."""
        said = " ".join(str(part) for part in ((answer or {}).get("error"), (answer or {}).get("message")) if part)
        said = said.replace(self.key, "***") if self.key else said
        return "".join(c if c.isprintable() else " " for c in said[:200]).strip()

    def _asked_pause(self, response: requests.Response) -> float | None:
        """The seconds of `Retry-After`, which may be written as a date."""
        written = response.headers.get("Retry-After", "").strip()
        if (seconds := _number(written)) is not None:
            return seconds
        try:
            return max(0.0, (parsedate_to_datetime(written) - self.now()).total_seconds())
        except (ValueError, TypeError):  # no date, or one without its zone
            return None

    def _tell_pause(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _PassingError):
            self.tell(_PAUSE.filled(why=error.text, seconds=f"{state.upcoming_sleep:.0f}"))


@contextmanager
def _unlogged(secret: str) -> Iterator[None]:
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
    asked = error.after if isinstance(error, _PassingError) else None
    return _BACK_OFF(state) if asked is None else asked


def _body(response: requests.Response) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_content(1 << 16):
        size += len(piece)
        if size > MOST_BYTES:
            raise FetchError(_TOO_LARGE.filled(megabytes=MOST_BYTES >> 20))
        pieces.append(piece)
    return b"".join(pieces)


def _document(body: bytes) -> dict[str, object] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _number(written: str | None) -> float | None:
    try:
        number = float(written or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


_UNKNOWN = Text(
    "OpenAlex knows no institution with the ROR id {ror}. Accepted: the id of an institution that has works there.",
    "OpenAlex に ROR ID {ror} の機関はありません。使えるのは OpenAlex に論文のある機関の ROR ID です。",
)
_NOT_OPENALEX = Text(
    "What {api} answers are no works of OpenAlex. Accepted: the address of the OpenAlex API.",
    "{api} の応答は OpenAlex の論文ではありません。使えるのは OpenAlex API のアドレスです。",
)
_GAVE_UP = Text("Given up after {tries} tries. {why}", "{tries} 回試みましたが取得できませんでした。{why}")
_CUT = Text("The connection failed or was cut ({what}).", "接続できないか、途中で切れました（{what}）。")
_NO_ADDRESS = Text(
    "{api} cannot be asked ({what}). Accepted: an address as https://api.openalex.org.",
    "{api} に問い合わせできません（{what}）。使えるのは https://api.openalex.org のようなアドレスです。",
)
_NOT_JSON = Text("The answer is no JSON.", "応答が JSON ではありません。")
_ANSWERED = Text("OpenAlex answered {code}{said}.", "OpenAlex の応答：{code}{said}。")
_REFUSED = Text("OpenAlex refuses the request. {told}", "OpenAlex がリクエストを受け付けません。{told}")
_NO_KEY = Text(
    "OpenAlex asks for an API key. It is free: make one in your OpenAlex account and set OPENALEX_API_KEY.",
    "OpenAlex の API キーが必要です（無料）。OpenAlex のアカウントで発行し、OPENALEX_API_KEY に設定してください。",
)
_WRONG_KEY = Text(
    "OpenAlex does not accept the API key in OPENALEX_API_KEY.",
    "OPENALEX_API_KEY の API キーが OpenAlex に受け付けられません。",
)
_USED_UP = Text(
    "The daily allowance of OpenAlex is used up; it is renewed in {hours} hours.",
    "OpenAlex の 1 日の利用枠を使い切りました。{hours} 時間後に更新されます。",
)
_PAUSE = Text("{why} Asking again in {seconds} s.", "{why}{seconds} 秒後に再試行します。")
_TOO_LARGE = Text(
    "The answer is larger than {megabytes} MB. Accepted: pages of works as OpenAlex gives them.",
    "応答が {megabytes} MB を超えています。使えるのは OpenAlex の論文のページです。",
)
