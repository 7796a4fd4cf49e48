"""The server of the web app: it answers requests to this machine only, and no page frames it.

A page of another site can let its own name resolve to 127.0.0.1 (DNS rebinding), and would then
read the record as a page of the same origin. The Host header of such a request is that name.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import sys
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

#: Names of this machine; the server listens on 127.0.0.1.
HOSTS = frozenset(("127.0.0.1", "localhost"))

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

HEADERS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

REFUSED = (
    "Sightline answers to the names 127.0.0.1 and localhost only. Open the app at one of them.\n"
)

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]


def content_policy(page: str) -> str:
    """Return the content security policy of a page: its own host, and its own inline scripts.

    Parameters
    ----------
    page : str
        The HTML of the page.

    Examples
    --------
    >>> content_policy("<script>1</script><script src='x.js'></script>").split("; ")[1]
    "script-src 'self' blob: 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(page))
    inline = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob: {inline}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


@functools.cache
def security_headers() -> dict[str, str]:
    """Return the headers of every answer, with the policy for Streamlit's own page."""
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    return {**HEADERS, "content-security-policy": content_policy(page)}


def is_local(host: str) -> bool:
    """Return whether a Host header names this machine.

    Examples
    --------
    >>> [is_local(host) for host in ("localhost:8501", "127.0.0.1", "rebound.example", "")]
    [True, True, False, False]
    """
    if not host or set(host) & set("/?#@\\"):
        return False
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname in HOSTS and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


class Guard:
    """ASGI middleware that refuses foreign hosts, and adds security headers to every answer.

    Parameters
    ----------
    app : ASGI application
        The application to guard.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle a connection.

        Parameters
        ----------
        scope : mapping
            The connection, as ASGI describes it.
        receive, send : callable
            Its messages.
        """
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not is_local(hosts[0].decode("latin-1")):
            await _refuse(scope["type"], send)
            return
        await self.app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.encode(): value.encode() for name, value in security_headers().items()}
            kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in own]
            message = {**message, "headers": [*kept, *own.items()]}
        await send(message)

    return guarded


async def _refuse(kind: str, send: Send) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = REFUSED.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    guarded = _with_headers(send)
    await guarded({"type": "http.response.start", "status": 421, "headers": headers})
    await guarded({"type": "http.response.body", "body": body})


def serve(settings: Mapping[str, Any]) -> None:
    """Run the web app until the process is stopped.

    Parameters
    ----------
    settings : mapping
        Options of Streamlit by their dotted names.
    """
    import streamlit as st
    from starlette.middleware import Middleware

    main = Path(__file__).parents[1] / "main.py"
    sys.argv = [str(main)]  # Streamlit puts the folder of this script on the import path
    st.App(main, middleware=[Middleware(Guard)]).run(config=settings)


if __name__ == "__main__":
    serve(json.loads(sys.argv.pop()))
