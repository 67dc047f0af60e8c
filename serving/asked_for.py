"""The page that was asked for before one signed in: kept in a cookie meanwhile, and where one lands after it."""

from functools import cache
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.leading import ASKED
from serving.closed import SIGN_OUT
from serving.sign_in import CALLBACK

SIGN_IN = "/auth/login"
COOKIE = "monitor_asked"
LASTS = 600  # seconds in which one signs in at the provider
LONGEST = 1500  # characters of an address; of a longer one nothing is kept
MOST_WORDS = 100  # in its query


@cache
def _pages() -> frozenset[str]:
    """The addresses of our pages. They are imported when somebody signs in: a command that only starts needs none."""
    from pages.parts.frame import FIRST, PAGES

    return frozenset({"", *PAGES} - {FIRST})  # the first page has no name in its address


def our_own(asked: str) -> str:
    """The address of one of our pages that was asked for, written anew; empty for anything else there may be.

    Path and query are taken apart and put together again from what is known, so that nothing leads elsewhere.
    """
    if len(asked) > LONGEST or not asked.isascii():
        return ""
    try:
        parts = urlsplit(asked)
        words = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MOST_WORDS)
    except ValueError:
        return ""
    page = asked.partition("?")[0].removeprefix("/")
    if parts.scheme or parts.netloc or parts.fragment or not asked.startswith("/") or page not in _pages():
        return ""
    address = f"/{page}?{urlencode(words)}" if words else f"/{page}"
    return address if len(address) <= LONGEST else ""


class AskedFor:
    """Around sign-in and sign-out: where Streamlit leads to the first page, it is to the one that was asked for.

    `tls`: readers come by https, and the cookie goes no other way.
    """

    def __init__(self, app: ASGIApp, *, tls: bool) -> None:
        self._app, self._secure = app, "; Secure" if tls else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in (SIGN_IN, SIGN_OUT, CALLBACK):
            await self._app(scope, receive, send)
            return
        comes_back = scope["path"] == CALLBACK
        asked = our_own(_in_cookie(scope) if comes_back else _in_query(scope))

        async def send_led(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                leads = headers.get("location")
                if asked and leads == "/":
                    headers["location"] = asked
                if comes_back:
                    headers.append("set-cookie", self._cookie("", 0))
                elif asked and leads != "/":
                    headers.append("set-cookie", self._cookie(quote(asked, safe=""), LASTS))
            await send(message)

        await self._app(scope, receive, send_led)

    def _cookie(self, value: str, lasts: int) -> str:
        return f"{COOKIE}={value}; Max-Age={lasts}; Path={CALLBACK}; HttpOnly; SameSite=Lax{self._secure}"


def _in_query(scope: Scope) -> str:
    found = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).get(ASKED, [])
    return found[0] if len(found) == 1 else ""


def _in_cookie(scope: Scope) -> str:
    return unquote(Request(scope).cookies.get(COOKIE, ""))
