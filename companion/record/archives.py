"""All records of a workshop in one ZIP: a folder for each session, in it every format. Names come from ids alone."""

import io
import re
import zipfile
from typing import Final

from companion.record.formats import Format, render
from companion.record.model import Record

_ELSE: Final = re.compile(r"[^A-Za-z0-9_-]")


class Archive:
    """A ZIP in the making; the same records make the same bytes."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._content = io.BytesIO()
        self._zip = zipfile.ZipFile(self._content, "w", zipfile.ZIP_DEFLATED)
        self.count = 0

    def add(self, record: Record) -> None:
        """Put a record in, in every format, dated by its last entry."""
        session = _ELSE.sub("_", record.session.id)
        for format_ in Format:
            file = zipfile.ZipInfo(f"{session}/{session}-record.{format_.value}", record.as_of.timetuple()[:6])
            file.compress_type = zipfile.ZIP_DEFLATED
            file.external_attr = 0o644 << 16
            self._zip.writestr(file, render(record, format_, self._language))
        self.count += 1

    def content(self) -> bytes:
        """Return the ZIP; nothing can be put in afterwards."""
        self._zip.close()
        return self._content.getvalue()
