"""The editor's bundle: built from the sources beside it, with nothing of another site in it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.resources import package_file

WEB = package_file("serve", "web")
BUNDLE = package_file("serve", "bundle")


def hash_sources(folder: Path) -> str:
    """As build.mjs does it."""
    found = hashlib.sha256()
    names = [f"src/{path.name}" for path in sorted((folder / "src").iterdir())]
    for name in (*names, "build.mjs", "package-lock.json", "package.json"):
        found.update(f"{name}\n".encode())
        found.update((folder / name).read_text("utf-8").replace("\r\n", "\n").encode())
    return found.hexdigest()


def test_the_bundle_is_that_of_the_sources() -> None:
    assert (BUNDLE / "SOURCES.sha256").read_text("ascii").strip() == hash_sources(WEB), "npm run build in kg/serve/web"


def test_the_bundle_loads_nothing() -> None:
    """Names of standards and of an endpoint that Yasqe would ask by default are in it, and no address that it fetches."""
    script = (BUNDLE / "editor.js").read_text("utf-8")
    hosts = set(re.findall(r"https?://([\w.-]+)", script))
    assert hosts <= {"www.w3.org", "dbpedia.org"}
    assert "@import" not in (BUNDLE / "editor.css").read_text("utf-8")
    assert not re.search(r"url\((?!\"?data:)", (BUNDLE / "editor.css").read_text("utf-8"))


def test_the_bundle_names_its_licences() -> None:
    notices = (BUNDLE / "NOTICES.txt").read_text("utf-8")
    for name in ("@zazuko/yasqe 4.6.2 (MIT)", "codemirror 5", "lodash-es 4"):
        assert name in notices
