"""The page itself, which Streamlit's scripts fill: what it may fetch early, and room for what comes late.

Streamlit fetches a part of its scripts when the first element of a kind is to be drawn: after its own script, the
connection and the first message. The largest of them, of charts, has 4.7 MB.
What is drawn before its part is there would push down all below it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PARTS = ("ButtonGroup", "Selectbox", "PageLink", "Metric", "Table", "LinkButton", "PlotlyChart", "DataFrame")
_NO_SIDEBAR = '[data-testid="stAppViewContainer"]:not(:has([data-testid="stSidebar"], {}))'
_WAY_IN = '[data-testid="stMain"] [class*=st-key-language-]'  # who has to sign in first gets no sidebar
_TO_COME = '[data-testid="stMain"] [data-testid="stElementContainer"]{}:has(> [data-testid="stSkeleton"])'
_BARE = '[class*="-bare "]'  # the end of a key, of `pages.parts.filters`
_LINK = ':is([data-testid="stHorizontalBlock"] > *):not([class*=st-key-], :has(~ [data-testid="stLayoutWrapper"]))'
ROOM = (
    # until the first message says that there is a sidebar
    f"@media (min-width: 768px) {{{_NO_SIDEBAR.format(_WAY_IN)} > div {{margin-left: 300px}}}}",
    # until a message says that all pages are wide
    '[data-testid="stMain"] [data-testid="stMainBlockContainer"] {max-width: none}',
    f"{_TO_COME.format('[class*=st-key-]')} {{min-height: 68px}}",  # a filter under its label
    f"{_TO_COME.format(_BARE)} {{min-height: 32px; height: 32px}}",  # buttons without a label
    f"{_TO_COME.format('.stPrintFixedWidth')} {{min-height: 400px}}",  # a table
    # a link beside others, as high as its line of text: half of what Streamlit leaves for it
    f"{_TO_COME.format(_LINK)} {{height: 20px; min-width: 120px}}",
)
_LOADS = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def parts(scripts: Path, names: Iterable[str] = PARTS) -> list[str]:
    """The files of these parts in Streamlit's folder of scripts, and all that they load in turn."""
    known = dict.fromkeys(file.name for name in names for file in sorted(scripts.glob(f"{name}.*.js")))
    waiting = [*known]
    while waiting:
        loaded = _LOADS.findall((scripts / waiting.pop()).read_text("utf-8"))
        new = [name for name in dict.fromkeys(loaded) if name not in known and (scripts / name).exists()]
        known |= dict.fromkeys(new)
        waiting += new
    return [*known]


def with_parts(index: str, scripts: Path) -> str:
    """Streamlit's page, which names the parts that it does not name itself, and leaves room for the sidebar."""
    named = [name for name in parts(scripts) if name not in index]
    links = "\n".join(f'    <link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in named)
    return index.replace("</head>", f"{links}\n    <style>{' '.join(ROOM)}</style>\n  </head>", 1)


class Ahead:
    """Answers with that page where Streamlit answers with its own; all else passes as it is."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        self._app, self._own = app, index.read_bytes()
        self._page = with_parts(self._own.decode(), index.parent / "static" / "js").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or b"text/html" not in dict(scope["headers"]).get(b"accept", b""):
            await self._app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()
        as_it_is = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]  # a few kB

        async def send_page(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                started.append(message)
            elif not started:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await self._answer(started[0], bytes(body), send)

        await self._app({**scope, "headers": as_it_is}, receive, send_page)

    async def _answer(self, start: Message, body: bytes, send: Send) -> None:
        page = self._page if body == self._own else body
        if page is self._page:
            headers = MutableHeaders(scope=start)
            headers["content-length"] = str(len(page))
            del headers["etag"]
        await send(start)
        await send({"type": "http.response.body", "body": page})


def _is_page(start: Message) -> bool:
    return start["status"] == 200 and MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
