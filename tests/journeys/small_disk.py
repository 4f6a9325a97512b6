"""A disk of a few megabytes, in memory, that can be filled to the last byte and given room again."""

import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

_CHUNK = b"\0" * 4_096


class SmallDisk:
    """A disk mounted at `folder`, which is made. It takes the right to mount, as whoever runs the tests in CI has."""

    def __init__(self, folder: Path, *, megabytes: int) -> None:
        self.folder = folder
        self._megabytes = megabytes
        self._ballast = folder / "ballast"

    def __enter__(self) -> Self:
        self.folder.mkdir()
        options = f"size={self._megabytes}m"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(self.folder)], check=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def fill(self) -> None:
        """Leave no room at all."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(_CHUNK)
            except OSError:
                pass

    def make_room(self) -> None:
        """Give back what was filled."""
        self._ballast.unlink()
