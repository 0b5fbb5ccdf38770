"""Static files from the package, held in memory under one content-hashed prefix, gzipped when first asked for."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from greenroom.core.errors import NotFound

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_COMPRESSED_ALREADY = frozenset({".woff2", ".png"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """One file: its bytes, whether gzip helps, and its content type."""

    body: bytes
    is_packable: bool
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFiles:
    """All files by path, and the hash that their URLs carry: a changed file changes every URL."""

    version: str
    by_path: Mapping[str, StaticFile]

    def url(self, path: str) -> str:
        """The URL of a file that exists. Raises KeyError for one that does not: a template's typo."""
        if path not in self.by_path:
            raise KeyError(f"no static file {path!r}")
        return f"/static/{self.version}/{path}"

    def respond(self, request: Request) -> Response:
        """The file named by the URL; under its version it may be kept for a year."""
        path = str(request.path_params["path"])
        found = self.by_path.get(path)
        if found is None:
            raise NotFound(f"There is no file {path[:80]!r}.")
        is_current = request.path_params["version"] == self.version
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if is_current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if found.is_packable and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(_packed(found.body), media_type=found.media_type, headers=headers)
        return Response(found.body, media_type=found.media_type, headers=headers)


@lru_cache(maxsize=256)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


@lru_cache(maxsize=1)
def load_static_files() -> StaticFiles:
    """Reads `web/static/` of the installed package (a wheel or a checkout) with a known file type, once."""
    by_path: dict[str, StaticFile] = {}
    digest = hashlib.sha256()
    for path, entry in sorted(_walk(files("greenroom.web") / "static", "")):
        suffix = path[path.rfind(".") :]
        if suffix not in _TYPES:
            continue
        body = entry.read_bytes()
        digest.update(path.encode() + b"\0" + hashlib.sha256(body).digest())
        is_packable = suffix not in _COMPRESSED_ALREADY
        by_path[path] = StaticFile(body=body, is_packable=is_packable, media_type=_TYPES[suffix])
    return StaticFiles(version=digest.hexdigest()[:12], by_path=by_path)


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.is_file():
            found.append((prefix + entry.name, entry))
    return found
