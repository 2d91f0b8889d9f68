"""Runs the server: binds, starts the workers, serves until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from kg.errors import KgError
from kg.serve.limits import Limits
from kg.serve.snapshot import GraphSource, SandboxSource

#: Connections at one time; each costs the server a file.
_MAX_CONNECTIONS = 512


def serve_graph(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    limits: Limits | None = None,
    sandbox: bool = False,
    origins: list[str] | None = None,
    tell: Callable[[str], None] = print,
) -> None:
    """Serves a graph folder until the process is interrupted.

    Args:
        port: 0 lets the system choose one; ``tell`` says which.
        sandbox: answer updates too, on a copy of the graph that ends with the server.
        origins: sites whose pages may read answers; none stands for all, and in a sandbox for no other.
        tell: gets a line for the user.

    Raises:
        KgError: there is no graph, or the address cannot be used.
    """
    limits = limits or Limits()
    source = SandboxSource(folder) if sandbox else GraphSource(folder)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what is held is given back
    try:
        listener = _bind(host, port)
        with listener:
            asyncio.run(_serve(folder, source, listener, limits, origins, tell))
    except KeyboardInterrupt:
        pass
    finally:
        source.close()


async def _serve(
    folder: Path,
    source: GraphSource | SandboxSource,
    listener: socket.socket,
    limits: Limits,
    origins: list[str] | None,
    tell: Callable[[str], None],
) -> None:
    import uvicorn

    from kg.serve.app import make_app
    from kg.serve.pool import Pool
    from kg.serve.service import Service

    pool = Pool(source, limits)
    try:
        walled = await pool.open()
        service = Service(pool, limits, walled=walled)
        allowed = origins if origins is not None else [] if service.writable else ["*"]
        config = uvicorn.Config(
            make_app(service, origins=allowed),
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=_MAX_CONNECTIONS,
            timeout_graceful_shutdown=2,
            proxy_headers=False,
        )
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        tell(f"serving {folder} on http://{shown}:{port}/ (Ctrl-C stops it)")
        await uvicorn.Server(config).serve(sockets=[listener])
    finally:
        await pool.close()


def _bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        KgError: the address is taken, or is none of this machine.
    """
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind, number)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(256)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise KgError(f"cannot serve on {host}:{port}: {error.strerror or error}", "choose another --port or --host") from None
    return listener
