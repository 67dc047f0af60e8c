"""Doors of Streamlit's server that stay shut: its metrics but to whoever has the token, programs, stored media."""

import hmac

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

METRICS = "/_stcore/metrics"
PROGRAMS = "/_stcore/agent"  # also describes itself, whether it is switched on or not
MEDIA = "/media/"  # answers everybody with whatever a page put there: the monitor puts nothing there
FONTS = "/static/media/"


class Closed:
    """Answers 403 to what no reader's browser asks for. `metrics_token` empty: nobody sees the metrics."""

    def __init__(self, app: ASGIApp, metrics_token: str) -> None:
        self._app, self._token = app, metrics_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and self._refuses(scope):
            await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refuses(self, scope: Scope) -> bool:
        path = str(scope["path"])
        if PROGRAMS in path or MEDIA in path.replace(FONTS, "/"):
            return True
        return METRICS in path and not self._knows_the_token(Headers(scope=scope).get("authorization", ""))

    def _knows_the_token(self, said: str) -> bool:
        return bool(self._token) and hmac.compare_digest(said.encode(), f"Bearer {self._token}".encode())
