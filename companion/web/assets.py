"""Scripts, styles, pictures: each with an address of its own for every content, and compressed once.

An address with the hash of its content (`?v=…`) is kept by browsers for good, and so are the scripts of pages, which have it in
their names; one without is asked for again, and answered "not modified".
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.security import safe_join

from companion.core.refusals import Refusal, Refused
from companion.web.compressing import takes_gzip

_TYPES: Final = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_PAGES: Final = "pages/"
"""What `hatch_build.py` makes of `static/js/pages/`: an index, and scripts whose names change with what is in them."""
_COMPRESSED: Final = frozenset({".css", ".js", ".json", ".map", ".svg", ".txt"})
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
_HASH_LENGTH: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as it is sent; `stamp` tells whether the one on disk is still the same."""

    stamp: tuple[int, int]
    content: bytes
    compressed: bytes | None
    type: str
    version: str


class Assets:
    """The folder `static/`, each file read and compressed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Asset] = {}

    def address(self, path: str) -> str:
        """Return the address of a file, with the hash of its content."""
        found = self._find(path)
        return f"/static/{path}" if found is None else f"/static/{path}?v={found.version}"

    def scripts_of(self, page: str) -> tuple[str, ...]:
        """Return the address of a page's script, and those of the scripts that it waits for; nothing for a page without one."""
        index = self._find(f"{_PAGES}index.json")
        if index is None:
            raise FileNotFoundError(f"{self._folder / _PAGES} has no scripts: `make setup` builds them")
        return tuple(f"/static/{_PAGES}{name}" for name in json.loads(index.content).get(page, ()))

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("assets", __name__)
        routes.add_url_rule("/static/<path:path>", "send", self.send)
        return routes

    def send(self, path: str) -> Response:
        """Answer with a file; raise `Refused` (not_found)."""
        asset = self._find(path)
        if asset is None:
            raise Refused(Refusal.NOT_FOUND)
        compressed = asset.compressed is not None and takes_gzip()
        answer = Response(asset.compressed if compressed else asset.content, content_type=_content_type(asset))
        answer.set_etag(f"{asset.version}-gz" if compressed else asset.version)
        is_kept = (path.startswith(_PAGES) and path.endswith(".js")) or request.args.get("v") == asset.version
        answer.headers["Cache-Control"] = _FOR_GOOD if is_kept else _ASK_AGAIN
        if compressed:
            answer.headers["Content-Encoding"] = "gzip"
        if asset.compressed is not None:
            answer.headers["Vary"] = "Accept-Encoding"
        answer.make_conditional(request.environ)
        return answer

    def _find(self, path: str) -> Asset | None:
        file = safe_join(str(self._folder), path)
        suffix = Path(path).suffix
        # No hidden files, and nothing that is not meant for browsers.
        if file is None or suffix not in _TYPES or any(part.startswith(".") for part in Path(path).parts):
            return None
        try:
            status = Path(file).stat()
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._read.get(path)
            if known is None or known.stamp != stamp:
                known = self._read[path] = _asset(path, Path(file).read_bytes(), stamp)
        except (OSError, ValueError):
            return None
        return known


def _asset(path: str, content: bytes, stamp: tuple[int, int]) -> Asset:
    suffix = Path(path).suffix
    smaller = gzip.compress(content, mtime=0) if suffix in _COMPRESSED else content
    return Asset(
        stamp=stamp,
        content=content,
        compressed=smaller if len(smaller) < len(content) else None,
        type=_TYPES[suffix],
        version=hashlib.sha256(content).hexdigest()[:_HASH_LENGTH],
    )


def _content_type(asset: Asset) -> str:
    return f"{asset.type}; charset=utf-8" if asset.type.startswith("text/") else asset.type
