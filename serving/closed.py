"""Doors of Streamlit's server that stay shut (metrics without the token, programs, media), and that of sign-out."""

import asyncio
import hmac
from functools import cache

from sqlalchemy import Engine
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data_access.engine import connect, default_url
from serving.asking import sign_out

METRICS = "/_stcore/metrics"
PROGRAMS = "/_stcore/agent"  # also describes itself, whether it is switched on or not
MEDIA = "/media/"  # answers everybody with whatever a page put there: the monitor puts nothing there
FONTS = "/static/media/"
SIGN_OUT = "/auth/logout"


class Closed:
    """Answers 403 to what no reader's browser asks for. `metrics_token` empty: nobody sees the metrics."""

    def __init__(self, app: ASGIApp, metrics_token: str) -> None:
        self._app, self._token = app, metrics_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and self._refuses(scope):
            await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)
            return
        if scope["type"] == "http" and str(scope["path"]).rstrip("/").endswith(SIGN_OUT):
            # Streamlit only lets its cookie go there: a copy of it would still open the pages.
            await asyncio.to_thread(sign_out, Request(scope), _engine)
        await self._app(scope, receive, send)

    def _refuses(self, scope: Scope) -> bool:
        path = str(scope["path"])
        if PROGRAMS in path or MEDIA in path.replace(FONTS, "/"):
            return True
        return METRICS in path and not self._knows_the_token(Headers(scope=scope).get("authorization", ""))

    def _knows_the_token(self, said: str) -> bool:
        return bool(self._token) and hmac.compare_digest(said.encode(), f"Bearer {self._token}".encode())


@cache
def _engine() -> Engine:
    return connect(default_url(), create=False)
