"""Settings: every key of `config.toml`, with its default, its type and its bounds.

Read once, checked as a whole and passed on; nothing else reads the configuration or the environment.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

from companion.core.procedure import AlarmAction, AlarmSince, RequestKind, Rule, WhenAbsent

Count: TypeAlias = Annotated[int, Meta(ge=1)]
Port: TypeAlias = Annotated[int, Meta(ge=0, le=65_535)]
Seconds: TypeAlias = Annotated[int, Meta(ge=0, le=86_400)]
Address: TypeAlias = Annotated[str, Meta(pattern=r"^(https?://[^\s/]+)?$")]

DEFAULT_FILE = "config.toml"
_VARIABLE_PREFIX = "COMPANION_"


class ConfigError(Exception):
    """The configuration cannot be used; the message is one sentence that says what to change."""


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings that belong together; a table of the file."""


class ServerSettings(_Section, frozen=True, kw_only=True):
    """Where and how the server listens. Port 0 takes any that is free; `public_url` has no slash at its end."""

    host: str = "127.0.0.1"
    port: Port = 5000
    engine: Literal["eventlet", "threading"] = "eventlet"
    public_url: Address = ""
    max_sockets: Count = 20_000
    tls_certificate: str = ""
    tls_key: str = ""
    trusted_proxies: Annotated[int, Meta(ge=0, le=10)] = 0


class DatabaseSettings(_Section, frozen=True, kw_only=True):
    """Where everything is kept."""

    path: Annotated[str, Meta(min_length=1)] = "companion.db"


class BackupSettings(_Section, frozen=True, kw_only=True):
    """Copies of the database while the server runs. Without a `folder` they are beside it; 0 seconds are no copies."""

    folder: str = ""
    every_seconds: Seconds = 60
    keep_last: Count = 10
    keep_hourly: Annotated[int, Meta(ge=0)] = 12
    keep_daily: Annotated[int, Meta(ge=0)] = 7
    leave_free_mb: Annotated[int, Meta(ge=0)] = 200


class LimitSettings(_Section, frozen=True, kw_only=True):
    """What one client or one person may ask of the server."""

    sockets_per_person: Count = 5
    commands_per_second: Count = 10
    burst: Count = 30
    message_bytes: Annotated[int, Meta(ge=1_024, le=16_777_216)] = 65_536
    sign_in_seconds: Count = 5
    ring_patches: Annotated[int, Meta(ge=0)] = 2_000
    unanswered: Count = 16
    waiting_packets: Count = 500
    not_signed_in: Count = 1_000
    request_seconds: Count = 10


class JoiningSettings(_Section, frozen=True, kw_only=True):
    """How many wrong join codes are heard before the answer is "later"."""

    wrong_codes_per_minute: Count = 10
    wrong_codes_per_minute_everywhere: Count = 300


class SessionSettings(_Section, frozen=True, kw_only=True):
    """What a new session begins with. A limit by kind goes before one by group, and that before the default."""

    warning_seconds: Seconds = 30
    list_closes_after_seconds: Seconds = 900
    default_limit_seconds: Seconds = 120
    first_right_of_reply_seconds: Seconds = 180
    second_right_of_reply_seconds: Seconds = 120
    limit_by_kind_seconds: dict[RequestKind, Seconds] = msgspec.field(
        default_factory=lambda: {
            RequestKind.PANEL_PRESENTATION: 420,
            RequestKind.PANELLIST_REPLY: 180,
            RequestKind.JOINT_STATEMENT: 240,
            RequestKind.POINT_OF_ORDER: 60,
        }
    )
    limit_by_group_seconds: dict[str, Seconds] = msgspec.field(
        default_factory=lambda: {
            "member_state": 180,
            "un_mechanism": 180,
            "regional_mechanism": 180,
            "nhri": 120,
            "ngo": 120,
            "academia": 120,
        }
    )


class AlarmSettings(_Section, frozen=True, kw_only=True):
    """Something that happens by itself so long after the session, its segment or its list began."""

    action: AlarmAction = AlarmAction.CLOSE_LIST
    after_seconds: Count = 900
    since: AlarmSince = AlarmSince.SESSION
    text: str = ""


class PresetSettings(_Section, frozen=True, kw_only=True):
    """Limits and rules that are chosen together, for a kind of meeting. A speaking time of 0 is none."""

    title: str = ""
    rule: Rule = Rule.FIRST_COME
    one_request_each: bool = True
    when_absent: WhenAbsent = WhenAbsent.TO_THE_END
    default_limit_seconds: Seconds = 0
    right_of_reply_seconds: Annotated[list[Seconds], Meta(max_length=2)] = msgspec.field(default_factory=list)
    limit_by_kind_seconds: dict[RequestKind, Seconds] = msgspec.field(default_factory=dict)
    limit_by_group_seconds: dict[str, Seconds] = msgspec.field(default_factory=dict)
    alarms: list[AlarmSettings] = msgspec.field(default_factory=list)


def _presets() -> dict[str, PresetSettings]:
    """Return the presets that come with the program; numbers as seen in the practice of those bodies."""
    closing = AlarmSettings()
    return {
        "hrc_panel": PresetSettings(
            title="Human Rights Council panel",
            rule=Rule.JOINT_FIRST,
            default_limit_seconds=120,
            right_of_reply_seconds=[180, 120],
            limit_by_kind_seconds={
                RequestKind.PANEL_PRESENTATION: 420,
                RequestKind.PANELLIST_REPLY: 180,
                RequestKind.JOINT_STATEMENT: 180,
                RequestKind.POINT_OF_ORDER: 60,
            },
            alarms=[closing],
        ),
        "workshop": PresetSettings(
            title="Workshop",
            rule=Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
            default_limit_seconds=120,
            right_of_reply_seconds=[180, 120],
            limit_by_kind_seconds={
                RequestKind.PANEL_PRESENTATION: 420,
                RequestKind.PANELLIST_REPLY: 180,
                RequestKind.JOINT_STATEMENT: 240,
                RequestKind.POINT_OF_ORDER: 60,
            },
            limit_by_group_seconds={
                "member_state": 180,
                "un_mechanism": 180,
                "regional_mechanism": 180,
                "nhri": 120,
                "ngo": 120,
                "academia": 120,
            },
            alarms=[closing],
        ),
        "who_regional_committee": PresetSettings(
            title="WHO regional committee",
            when_absent=WhenAbsent.END_OF_CATEGORY,
            default_limit_seconds=120,
            right_of_reply_seconds=[180, 120],
            limit_by_kind_seconds={RequestKind.JOINT_STATEMENT: 240, RequestKind.POINT_OF_ORDER: 60},
            limit_by_group_seconds={"member_state": 180, "un_mechanism": 120, "ngo": 60},
        ),
        "free_discussion": PresetSettings(
            title="Free discussion", rule=Rule.NOT_YET_SPOKEN_FIRST, one_request_each=False
        ),
    }


class RetentionSettings(_Section, frozen=True, kw_only=True):
    """What is forgotten, and when."""

    tokens_days: Count = 30


class LogSettings(_Section, frozen=True, kw_only=True):
    """What the program says about itself."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class MetricsSettings(_Section, frozen=True, kw_only=True):
    """Who may read what the program counts."""

    token: str = ""


class Settings(_Section, frozen=True, kw_only=True):
    """Every setting, checked."""

    server: ServerSettings = ServerSettings()
    database: DatabaseSettings = DatabaseSettings()
    backup: BackupSettings = BackupSettings()
    limits: LimitSettings = LimitSettings()
    joining: JoiningSettings = JoiningSettings()
    session: SessionSettings = msgspec.field(default_factory=SessionSettings)
    presets: dict[str, PresetSettings] = msgspec.field(default_factory=_presets)
    retention: RetentionSettings = RetentionSettings()
    logs: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()

    @classmethod
    def load(cls, path: Path | None, environ: Mapping[str, str]) -> "Settings":
        """Return the settings of the file and, before it, of the environment; raise `ConfigError`.

        Without `path`, `config.toml` in the working folder is read if there is one. `environ` is searched for
        `COMPANION_<SECTION>_<KEY>`.
        """
        file = path or Path(DEFAULT_FILE)
        tables = _read(file) if path or file.exists() else {}
        _convert(tables, source=str(file), strict=True)
        settings = _convert(_with_variables(tables, environ), source="the environment", strict=False)
        if bool(settings.server.tls_certificate) != bool(settings.server.tls_key):
            raise ConfigError("[server] tls_certificate and tls_key go together: give both, or neither.")
        return settings


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not TOML: {error}.") from error


def _with_variables(tables: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    merged = {name: dict(table) for name, table in tables.items()}
    for variable, value in environ.items():
        section, _, key = variable.removeprefix(_VARIABLE_PREFIX).lower().partition("_")
        if variable.startswith(_VARIABLE_PREFIX):
            merged.setdefault(section, {})[key] = value
    return merged


def _convert(tables: dict[str, Any], *, source: str, strict: bool) -> Settings:
    try:
        return msgspec.convert(tables, Settings, strict=strict)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {_sentence(str(error))}") from error


def _sentence(message: str) -> str:
    """Return msgspec's message with the place in the terms of the file: `[server] port: expected …`."""
    what, _, place = message.partition(" - at ")
    found = re.search(r"`\$\.?([^`.]*)\.?([^`]*)`", place)
    section, key = found.groups() if found else ("", "")
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", what)
    if unknown and section:
        return f"[{section}] has no key {unknown[1]}."
    if unknown:
        return f"there is no section [{unknown[1]}]."
    return f"[{section}] {key}".strip() + f": {what[0].lower()}{what[1:]}."
