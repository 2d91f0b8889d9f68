"""serve."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, write_note

_MIB = 1 << 20


@click.command("serve", short_help="Answer SPARQL and show pages over HTTP.")
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes any that is free.")
@click.option("--timeout", type=click.FloatRange(min=0.05), default=30.0, show_default=True, help="Seconds for one query.")
@click.option("--max-rows", type=click.IntRange(min=1), default=1_000_000, show_default=True, help="Rows of one answer.")
@click.option("--max-bytes", type=click.IntRange(min=1024), default=64 * _MIB, show_default=True, help="Bytes of one answer.")
@click.option("--max-memory", type=click.IntRange(min=64), default=1024, show_default=True, help="MiB that one query may take.")
@click.option("--workers", type=click.IntRange(min=1, max=64), default=8, show_default=True, help="Queries at one time.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Only pages of this site may read answers.")
@click.option("--sandbox", is_flag=True, help="Answer updates too, on a copy that ends with the server.")
def serve_command(
    folder: Path,
    host: str,
    port: int,
    timeout: float,
    max_rows: int,
    max_bytes: int,
    max_memory: int,
    workers: int,
    origins: tuple[str, ...],
    sandbox: bool,
) -> None:
    """Serve the graph over HTTP: a SPARQL 1.1 endpoint, a page for each entity, an editor.

    Nothing can be changed, no query can call another server, and one that passes a limit is stopped. It listens on this
    machine alone; before you give a --host that others reach, see the page on SPARQL in the documentation.

    \b
    kg serve
    kg serve --graph graph --port 8080 --timeout 10
    curl http://127.0.0.1:7878/sparql --data-urlencode "query=SELECT ?p { ?p a kg:Paper } LIMIT 5"
    """
    from kg.serve import Limits, serve_graph

    limits = Limits(timeout=timeout, max_rows=max_rows, max_bytes=max_bytes, max_memory=max_memory * _MIB, workers=workers)
    if host not in ("127.0.0.1", "localhost", "::1"):
        write_note(f"note: {host} may be reached by others; there is no login, and everything in the graph can be read")
    serve_graph(folder, host=host, port=port, limits=limits, sandbox=sandbox, origins=list(origins) or None, tell=click.echo)
