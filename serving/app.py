"""The monitor as an ASGI application: Streamlit's, with everything around it that a server in the open needs."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from serving import exports, faults, ready
from serving.ahead import Ahead
from serving.asked_for import AskedFor
from serving.closed import Closed
from serving.headers import INDEX, SecurityHeaders, content_policy
from serving.messages import MessageGuard

SCRIPT = Path(__file__).resolve().parent.parent / "app.py"


def application(
    *, hosts: Sequence[str], tls: bool = False, metrics_token: str = "", script: Path = SCRIPT, policy: bool = True
) -> ASGIApp:
    """The application. `hosts` are the names under which it answers; `policy=False` leaves out the content policy."""
    streamlit = st.App(
        script,
        routes=[*ready.routes(), *exports.routes()],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Closed, metrics_token=metrics_token),
            Middleware(AskedFor, tls=tls),
            Middleware(Ahead, index=INDEX),
            Middleware(MessageGuard),
        ],
        on_script_error=faults.tell_reader,
        exception_handlers={Exception: faults.answer},
    )
    return SecurityHeaders(streamlit, content_policy(INDEX.read_text("utf-8")) if policy else None, tls=tls)
