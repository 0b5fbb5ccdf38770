"""`greenroom serve`: the web server in this process, and the browser opened on it."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
import sys
import threading
import webbrowser
from types import FrameType

import click
import uvicorn

from greenroom.core.errors import InputRejected
from greenroom.settings import Settings
from greenroom.wiring import open_app

_TRIED_PORTS = 20
_GRACE_S = 5
_TAKEN = {errno.EADDRINUSE}


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="Port; 0 takes a free one.")
@click.option("--host", default=None, help="Address to listen on; 127.0.0.1 keeps it on this machine.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def serve(port: int | None, host: str | None, no_browser: bool) -> None:
    """Start Greenroom and open it in the browser. Ctrl-C stops it."""
    settings = Settings()
    if host is not None:
        settings = settings.model_copy(update={"host": host})
    bound = bind(settings.host, settings.port if port is None else port, is_fixed=port is not None)
    address = address_of(settings.host, bound)
    # uvicorn finishes the open requests and then raises the signal again: it must end this function
    # the ordinary way, so that the judge's processes and the database are closed.
    signal.signal(signal.SIGTERM, _stop)
    with contextlib.suppress(KeyboardInterrupt), open_app(settings) as app:
        server = Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=_GRACE_S,
                server_header=False,
            ),
            address,
            opens_browser=not no_browser,
        )
        server.run(sockets=[bound])


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Server(uvicorn.Server):
    """Says the address once it answers, then opens the browser on it."""

    def __init__(self, config: uvicorn.Config, address: str, *, opens_browser: bool) -> None:
        super().__init__(config)
        self._address = address
        self._opens_browser = opens_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then says so."""
        await super().startup(sockets)
        click.echo(f"Greenroom is at {self._address}  (Ctrl-C stops it)")
        sys.stdout.flush()
        if self._opens_browser:
            # Opening a browser may block until it has started: never on the server's own thread.
            threading.Thread(target=webbrowser.open, args=(self._address,), daemon=True).start()


def bind(host: str, port: int, *, is_fixed: bool) -> socket.socket:
    """A socket on that port, or on the next free one where the port was not asked for.

    Raises InputRejected where the port is taken or the address is not this machine's.
    """
    candidates = [port] if is_fixed or port == 0 else range(port, min(port + _TRIED_PORTS, 65_536))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in candidates:
        # The protocol is named, since asyncio turns Nagle's algorithm off only on sockets that name it; with
        # it on, every page waits 40 ms for the browser's delayed acknowledgement.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, candidate))
            made.listen(128)
        except PermissionError as error:
            made.close()
            raise InputRejected(
                f"Port {candidate} may not be used by your user.", hint="Use a port above 1023: --port 8020."
            ) from error
        except OSError as error:
            made.close()
            if error.errno not in _TAKEN:
                raise InputRejected(
                    f"Greenroom cannot listen on {host} ({error.strerror}).",
                    hint="Use --host 127.0.0.1, or an address of this machine.",
                ) from error
            continue
        if candidate != port:
            click.echo(f"Port {port} is taken; using {candidate}.", err=True)
        return made
    raise InputRejected(
        f"Port {port} is taken by another program (perhaps by Greenroom itself).",
        hint="Open that address in the browser, choose another one with --port, or take a free one: --port 0.",
    )


def address_of(host: str, bound: socket.socket) -> str:
    """The address to open in a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{bound.getsockname()[1]}"
