"""`/export/TOKEN`: files that pages offered, for the reader they were drawn for and nobody else."""

import asyncio
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from urllib.parse import quote

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data_access.audit import Actor, record, refused
from data_access.engine import as_whole, connect, default_url
from data_access.readers import NO_READER, Reader
from pages.parts.shelf import SHELF, Kept, Shelf, address
from serving.asking import who_asks
from serving.messages import TokenBucket
from vocabulary.text import Text

AT_ONCE = 2  # files that are made at the same time; more wait
GUESSES_AT_ONCE, GUESSES_A_SECOND = 100.0, 1.0  # links that lead nowhere, as far as the audit log tells them
TAKEN = "download"  # the action, as the audit log names it
GONE = Text(
    "This link does not lead to a file any more. Open the page again and take the file from there.",
    "このリンクは無効です（期限切れなど）。元のページを開き直し、改めてダウンロードしてください。",
)
NOT_YOURS = Text(
    "This file was made for another reader, or your sign-in or your role has ended. Open the page again.",
    "このファイルは別の閲覧者用か、サインインまたは権限が終了しています。元のページを開き直してください。",
)


class Exports:
    """Answers with a file of the shelf: 410 where there is none (any more), 403 where it is not for who asks."""

    def __init__(self, shelf: Shelf = SHELF, asks: Callable[[Request, Engine], Reader | None] = who_asks) -> None:
        self._shelf, self._asks, self._making = shelf, asks, asyncio.Semaphore(AT_ONCE)
        self._guesses = TokenBucket(GUESSES_AT_ONCE, GUESSES_A_SECOND)

    async def answer(self, request: Request) -> Response:
        if request.method == "HEAD":  # nobody has a file made, and written down as taken, to look at its headers
            return Response(status_code=405, headers={"allow": "GET"})
        kept = self._shelf.take(str(request.path_params["token"]))
        asks = await asyncio.to_thread(self._asks, request, _engine(default_url()))
        if kept is None:
            if self._guesses.take(1):  # or whoever guesses fills the audit log
                await asyncio.to_thread(_refuse, asks, None)
            return _sentence(410, GONE)
        if not _is_for(kept.owner, asks):
            await asyncio.to_thread(_refuse, asks, kept)
            return _sentence(403, NOT_YOURS)
        async with self._making:
            try:
                content = await asyncio.to_thread(_made, kept)
            except FileNotFoundError:  # what it is made of went with its tab
                return _sentence(410, GONE)
        return Response(content, media_type=kept.file.mime, headers=_headers(kept.file.name))


def routes() -> list[Route]:
    return [Route(address("{token}"), Exports().answer)]


def _is_for(owner: object, asks: Reader | None) -> bool:
    """Whether a file drawn for `owner` is for who asks now: where readers do not sign in (None), the link is all.

    Else it is for the same account, while its role and scope are as they were; a file that was drawn through another's
    eyes is for who looked, while that one still may.
    """
    if not isinstance(owner, Reader):
        return False
    if asks is None:
        return owner.account is None
    if asks.account is None or asks.account != owner.account or asks.scope.is_nobody:
        return False
    return asks.may_view_as if owner.seen_by else (asks.role, asks.scope) == (owner.role, owner.scope)


def _made(kept: Kept) -> bytes:
    """The bytes of the file; that they were taken is written down before they leave."""
    content = kept.file.make()
    digest, rows = sha256(content).hexdigest(), kept.file.rows
    with _engine(default_url()).begin() as connection:
        record(as_whole(connection), _actor(kept.owner), TAKEN, object=kept.file.name, rows=rows, sha256=digest)
    return content


def _refuse(asks: Reader | None, kept: Kept | None) -> None:
    refused(_engine(default_url()), _actor(asks), TAKEN, object=kept.file.name if kept else "")


def _actor(reader: object) -> Actor:
    known = reader if isinstance(reader, Reader) else NO_READER
    return Actor(known.code, known.account, known.role, known.seen_by)


def _headers(name: str) -> dict[str, str]:
    """A file to keep under its name (RFC 6266), in no cache."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "_" for sign in name)
    return {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "no-store",
    }


def _sentence(status: int, said: Text) -> PlainTextResponse:
    return PlainTextResponse(f"{said.en}\n{said.ja}\n", status, headers={"cache-control": "no-store"})


@cache
def _engine(url: str) -> Engine:
    return connect(url, create=False)
