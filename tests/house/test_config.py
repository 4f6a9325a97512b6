import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.config import ConfigError, Settings

DOCUMENTED = Path(__file__).parents[2] / "config.toml"


@dataclass
class Files:
    folder: Path

    def load(self, text: str, **environ: str) -> Settings:
        file = self.folder / "my.toml"
        file.write_text(text, encoding="utf-8")
        return Settings.load(file, environ)

    def complaint(self, text: str, **environ: str) -> str:
        with pytest.raises(ConfigError) as raised:
            self.load(text, **environ)
        return str(raised.value).removeprefix(f"{self.folder / 'my.toml'}")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_the_documented_file_carries_every_key_with_its_default() -> None:
    documented = tomllib.loads(DOCUMENTED.read_text(encoding="utf-8"))
    assert documented == msgspec.to_builtins(Settings())


def test_every_documented_key_has_a_comment() -> None:
    unexplained = [
        line
        for line in DOCUMENTED.read_text(encoding="utf-8").splitlines()
        if "=" in line and "#" not in line and not line.endswith(tuple("0123456789"))
    ]
    assert unexplained == []


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(None, {}) == Settings()


def test_without_a_path_the_file_of_the_working_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("[server]\nport = 8080\n", encoding="utf-8")
    assert Settings.load(None, {}).server.port == 8080


def test_a_file_changes_what_it_names_and_nothing_else(files: Files) -> None:
    settings = files.load('[server]\nengine = "threading"\n[session.limit_by_kind_seconds]\npoint_of_order = 30\n')
    assert settings.server == msgspec.structs.replace(Settings().server, engine="threading")
    assert settings.session.limit_by_kind_seconds == {"point_of_order": 30}
    assert settings.limits == Settings().limits


def test_the_environment_goes_before_the_file(files: Files) -> None:
    settings = files.load(
        "[server]\nport = 8080\n", COMPANION_SERVER_PORT="80", COMPANION_DATABASE_PATH="x.db", HOME="/"
    )
    assert (settings.server.port, settings.database.path) == (80, "x.db")


def test_settings_cannot_be_changed() -> None:
    settings: Any = Settings()
    with pytest.raises(AttributeError):
        settings.server.port = 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[server]\nprot = 1", ": [server] has no key prot."),
        ("[sever]\nport = 1", ": there is no section [sever]."),
        ("server = 3", ": [server]: expected `object`, got `int`."),
        ('[server]\nport = "80"', ": [server] port: expected `int`, got `str`."),
        ("[server]\nport = 99999", ": [server] port: expected `int` <= 65535."),
        ('[server]\nengine = "gevent"', ": [server] engine: invalid enum value 'gevent'."),
        ("[limits]\nburst = 0", ": [limits] burst: expected `int` >= 1."),
        (
            "[session.limit_by_kind_seconds]\nsong = 3",
            ": [session] limit_by_kind_seconds: invalid enum value 'song'.",
        ),
        (
            "[session.limit_by_group_seconds]\nngo = -3",
            ": [session] limit_by_group_seconds[...]: expected `int` >= 0.",
        ),
        ("port", " is not TOML: Expected '=' after a key in a key/value pair (at end of document)."),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(files: Files, text: str, complaint: str) -> None:
    assert files.complaint(text) == complaint


def test_a_wrong_variable_is_named(files: Files) -> None:
    assert (
        files.complaint("", COMPANION_SERVER_PORT="x") == "the environment: [server] port: expected `int`, got `str`."
    )
    assert files.complaint("", COMPANION_SERVER_PROT="1") == "the environment: [server] has no key prot."


def test_a_certificate_needs_its_key(files: Files) -> None:
    assert "tls_certificate and tls_key go together" in files.complaint('[server]\ntls_key = "k.pem"')


def test_a_public_address_ends_without_a_slash(files: Files) -> None:
    assert files.load('[server]\npublic_url = "https://meeting.example"').server.public_url
    assert "public_url" in files.complaint('[server]\npublic_url = "https://meeting.example/"')


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml cannot be read: No such file or directory\."):
        Settings.load(tmp_path / "nowhere.toml", {})
