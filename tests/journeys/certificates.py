"""Certificates for a test, made with openssl: for this machine, signed by themselves."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, as PEM files."""

    file: Path
    key: Path

    @classmethod
    def make(cls, folder: Path, name: str) -> "Certificate":
        """Return a new one for 127.0.0.1."""
        made = cls(folder / f"{name}.pem", folder / f"{name}.key")
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *("-keyout", made.key, "-out", made.file, "-days", "2", "-subj", f"/CN={name}"),
                *("-addext", "subjectAltName=IP:127.0.0.1"),
            ],
            check=True,
            capture_output=True,
        )
        return made

    def put_in_place_of(self, other: "Certificate") -> None:
        """Write this one over another."""
        other.file.write_bytes(self.file.read_bytes())
        other.key.write_bytes(self.key.read_bytes())

    def environ(self) -> dict[str, str]:
        """Return the settings with which a server uses it."""
        return {"COMPANION_SERVER_TLS_CERTIFICATE": str(self.file), "COMPANION_SERVER_TLS_KEY": str(self.key)}
