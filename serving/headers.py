"""What every answer tells the browser: whose scripts may run, what may be fetched, and that nobody frames it."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
POLICY = "content-security-policy"
CONSTANT = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ONLY_TLS = "max-age=31536000"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_policy(index: str) -> str:
    """The policy for a page whose own inline scripts are those of this `index.html`, and no others.

    Streamlit has one, which changes with its versions: the hash is counted from the installed file. Styles are put
    into the page by Streamlit's own scripts, one by one, and cannot be named beforehand.
    """
    scripts = " ".join(f"'sha256-{_sha256(script)}'" for script in _INLINE_SCRIPT.findall(index))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self'",
            "connect-src 'self'{socket}",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer of the server, also to those that refuse something.

    `policy` is `content_policy` of the installed page, or None for none at all (to prove that it is needed); `tls`
    says that readers come by https, so that browsers are told never to come otherwise.
    """

    def __init__(self, app: ASGIApp, policy: str | None, *, tls: bool) -> None:
        self._app, self._policy = app, policy
        self._constant = CONSTANT | ({"strict-transport-security": ONLY_TLS} if tls else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = next((value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"host"), "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                headers.update(self._constant)
                if self._policy is not None:
                    headers[POLICY] = self._policy.replace("{socket}", _sockets(host))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _sockets(host: str) -> str:
    """The same host's websockets, which older browsers do not take 'self' for; nothing where the host is strange."""
    return (
        f" ws://{host} wss://{host}" if re.fullmatch(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?", host) else ""
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
