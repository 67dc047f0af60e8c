"""OpenAlex over its API: the works of one institution page by page, politely, and with patience for what passes.

Built to developers.openalex.org as read on 2026-11-28 (guides/page-through-results and selecting-fields,
api-reference/errors, authentication and works). What it rests on: `per_page` up to 100; `cursor=*`, then
`meta.next_cursor` until that is null and `results` is empty; `select` of root fields; errors as `{error, message}`;
403 and 429 for too much, 500 for what passes; `api_key` in the address (free; since 2026 cursors are refused with 401
without one). `X-RateLimit-*` and `mailto:` in the User-Agent are those of docs.openalex.org/how-to-use-the-api/
rate-limits-and-authentication (2026-01). A cursor that is no longer accepted is answered 400, formerly 403, with a
message that names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import requests
from requests.exceptions import ChunkedEncodingError, ContentDecodingError

from data_access.imports.json_values import list_of, object_of, objects_of, text_of
from data_access.imports.report import without_mail_addresses
from data_access.sources.asking import (
    LONGEST_PAUSE,
    FetchError,
    PassingError,
    Patience,
    body_of,
    document_in,
    number_in,
    unlogged,
)
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
_TIMEOUTS = (10, 60)  # seconds to connect, and between two pieces of an answer
_PASSING = (requests.ConnectionError, requests.Timeout, ChunkedEncodingError, ContentDecodingError)
_LEFT = ("X-RateLimit-Remaining", "X-RateLimit-Remaining-USD")  # of the day's allowance, in credits and in dollars
_PRICE = 0.0001  # dollars, of a page of a list


class CursorRefusedError(FetchError):
    """The server no longer accepts a cursor that it gave."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of works: `next_cursor` is None on the last one, `count` says how many works there are at the moment."""

    works: list[Work]
    next_cursor: str | None
    count: int


@dataclass(frozen=True, kw_only=True)
class OpenAlex:
    """The API at one address. `key` is a secret: it goes into the request and nowhere else.

    `contact`: a mail address by which OpenAlex can reach the operator.
    """

    api: str = API
    key: str = ""
    contact: str = ""
    patience: Patience = field(default_factory=Patience)
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
            works=[_without_names(work) for work in works if isinstance(work, dict)],
            next_cursor=following if isinstance(following, str) and works else None,
            count=count if isinstance(count, int) else 0,
        )

    def _get(self, path: str, parameters: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        """The answer to a request that was understood (200, or 404), asked again while it fails for passing reasons."""
        return self.patience.until_answered(lambda: self._once(path, parameters))

    def _once(self, path: str, parameters: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        secret = {"api_key": self.key} if self.key else {}
        agent = "International-Strategy-Monitor" + (f" (mailto:{self.contact})" if self.contact else "")
        try:
            with (
                unlogged(self.key),
                self.session.get(
                    self.api.rstrip("/") + path,
                    params={**parameters, **secret},
                    headers={"User-Agent": agent, "Accept": "application/json"},
                    timeout=_TIMEOUTS,
                    stream=True,
                ) as response,
            ):
                body = body_of(response)
        except _PASSING as error:
            raise PassingError(_CUT.filled(what=type(error).__name__)) from None  # its own text holds the address
        except (requests.RequestException, ValueError) as error:
            raise FetchError(_NO_ADDRESS.filled(api=self.api, what=type(error).__name__)) from None
        answer = document_in(body)
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            raise self._error(response, answer, parameters.get("cursor", FIRST_CURSOR))
        if answer is None and response.status_code == HTTPStatus.OK:
            raise PassingError(_NOT_JSON)
        return response.status_code, answer or {}

    def _error(
        self, response: requests.Response, answer: dict[str, object] | None, cursor: str
    ) -> FetchError | PassingError:
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
            after = self.patience.asked_for(response)
            left = [number_in(response.headers.get(name)) for name in _LEFT]
            used_up = any(number is not None and number < _PRICE for number in left)
            if used_up or (after or 0) > LONGEST_PAUSE:
                wait = after or number_in(response.headers.get("X-RateLimit-Reset")) or 0
                return FetchError(_USED_UP.filled(hours=f"{wait / 3600:.1f}"))
            return PassingError(told, after)
        if code == HTTPStatus.REQUEST_TIMEOUT or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            after = self.patience.asked_for(response)
            return FetchError(_LATER.filled(told=told)) if (after or 0) > LONGEST_PAUSE else PassingError(told, after)
        return FetchError(_REFUSED.filled(told=told))

    def _said(self, answer: Mapping[str, object] | None) -> str:
        """What the server says of an error: short, printable, and without the key."""
        said = " ".join(str(part) for part in ((answer or {}).get("error"), (answer or {}).get("message")) if part)
        said = said.replace(self.key, "***") if self.key else said
        return "".join(c if c.isprintable() else " " for c in said[:200]).strip()


def _without_names(work: Work) -> Work:
    """The work without its authors' names, ORCID iDs and mail addresses, before anything of it is written anywhere."""
    authorships = [
        {
            "author": {"id": object_of(one.get("author")).get("id")},
            "institutions": one.get("institutions"),
            "countries": one.get("countries"),
            "is_corresponding": one.get("is_corresponding"),
            "raw_affiliation_strings": [
                without_mail_addresses(text_of(text)) for text in list_of(one.get("raw_affiliation_strings"))
            ],
        }
        for one in objects_of(work.get("authorships"))
    ]
    return {**work, "authorships": authorships}


_UNKNOWN = Text(
    "OpenAlex knows no institution with the ROR id {ror}. Accepted: the id of an institution that has works there.",
    "OpenAlex に ROR ID {ror} の機関はありません。使えるのは OpenAlex に論文のある機関の ROR ID です。",
)
_NOT_OPENALEX = Text(
    "What {api} answers are no works of OpenAlex. Accepted: the address of the OpenAlex API.",
    "{api} の応答は OpenAlex の論文ではありません。使えるのは OpenAlex API のアドレスです。",
)
_CUT = Text("The connection failed or was cut ({what}).", "接続できないか、途中で切れました（{what}）。")
_NO_ADDRESS = Text(
    "{api} cannot be asked ({what}). Accepted: an address as https://api.openalex.org.",
    "{api} に問い合わせできません（{what}）。使えるのは https://api.openalex.org のようなアドレスです。",
)
_NOT_JSON = Text("The answer is no JSON.", "応答が JSON ではありません。")
_ANSWERED = Text("OpenAlex answered {code}{said}.", "OpenAlex の応答：{code}{said}。")
_LATER = Text("{told} OpenAlex asks to come back later.", "{told}OpenAlex から、後で再試行するよう求められています。")
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
