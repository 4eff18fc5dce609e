"""What whoever runs the workbench may set, read from the environment once and refused by name when wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from scoping.errors import WorkbenchError

ROOT = Path(__file__).parents[1]
DATABASE_URL = "WORKBENCH_DATABASE_URL"
PORT = "WORKBENCH_PORT"
ADDRESS = "WORKBENCH_ADDRESS"
DATA_FOLDER = "WORKBENCH_DATA_FOLDER"
DATA_DATABASE_URL = "WORKBENCH_DATA_DATABASE_URL"
MLFLOW_URI = "WORKBENCH_MLFLOW_URI"
ALLOWED_HOSTS = "WORKBENCH_ALLOWED_HOSTS"
SERVER = "WORKBENCH_SERVER"
TOKEN = "WORKBENCH_TOKEN"  # noqa: S105  the name of a setting
"""Both for commands alone: the workbench that they speak to, and what opens it."""
_OWN_DATABASE = f"sqlite:///{(ROOT / 'data' / 'workbench.db').as_posix()}"
_HIGHEST_PORT = 65_535
_HOST = re.compile(r"([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_NEEDED_TO_START = ("SYSTEMROOT", "PATH", "TMPDIR", "TEMP", "TMP", "TZ", "LD_LIBRARY_PATH")


def bare_environ(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a program needs of the environment to start, and no passwords."""
    return {name: environ[name] for name in _NEEDED_TO_START if name in environ}


class SettingError(WorkbenchError):
    """A setting that cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where charters are kept and where the workbench answers.

    Attributes:
        database_url: an SQLAlchemy address with its driver; SQLite or PostgreSQL.
        data_folder: holds files that everybody may have measured, too large to be uploaded; None for no such folder.
        data_database_url: the same for tables; "" for no such database.
        mlflow_uri: where training runs are kept, an SQLite address or that of a server; "" for nowhere.
        allowed_hosts: names beside its address under which browsers reach the workbench, such as that of a proxy.
    """

    database_url: str
    address: str
    port: int
    data_folder: Path | None = None
    data_database_url: str = ""
    mlflow_uri: str = ""
    allowed_hosts: tuple[str, ...] = ()

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read the settings. Raises SettingError, which names the variable."""
        return cls(
            database_url=_database_url(DATABASE_URL, environ.get(DATABASE_URL, "").strip() or _OWN_DATABASE),
            address=environ.get(ADDRESS, "").strip() or "127.0.0.1",
            port=_port(environ.get(PORT, "").strip()),
            data_folder=_data_folder(environ.get(DATA_FOLDER, "").strip()),
            data_database_url=_data_database_url(environ.get(DATA_DATABASE_URL, "").strip()),
            mlflow_uri=_mlflow_uri(environ.get(MLFLOW_URI, "").strip()),
            allowed_hosts=_allowed_hosts(environ.get(ALLOWED_HOSTS, "")),
        )


def _database_url(setting: str, given: str) -> str:
    try:
        url = make_url(given)
    except ArgumentError:
        raise SettingError(
            f"{setting} is not a database address.", "Write sqlite:///path/to/file.db or postgresql://user:password@host/name."
        ) from None
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.render_as_string(hide_password=False)
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    raise SettingError(
        f"{setting} names a database that the workbench cannot use ({kind}).",
        "Use a file with sqlite:///path/to/file.db, or postgresql://user:password@host/name.",
    )


def _data_folder(given: str) -> Path | None:
    if given and not Path(given).is_dir():
        raise SettingError(
            f"{DATA_FOLDER} names “{given[:200]}”, which is no folder.", "Write the path of a folder with data files."
        )
    return Path(given).resolve() if given else None


def _data_database_url(given: str) -> str:
    return _database_url(DATA_DATABASE_URL, given) if given else ""


def _mlflow_uri(given: str) -> str:
    """Whether anything is there is told when it is asked: a server may be down for a while."""
    if not given:
        return ""
    if given.startswith("sqlite:///") and len(given) > len("sqlite:///"):
        return given
    try:
        parts = urlsplit(given)
        is_server = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_server = False
    if not is_server:
        raise SettingError(
            f"{MLFLOW_URI} is no address of an MLflow store.", "Write sqlite:///path/to/mlflow.db or https://host:5000."
        )
    return given


def _allowed_hosts(given: str) -> tuple[str, ...]:
    hosts = tuple(given.casefold().replace(",", " ").split())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise SettingError(
                f"{ALLOWED_HOSTS} names “{host[:100]}”, which is no host.",
                "Write names as browsers show them, with commas between them: scoping.example.com, scoping.example.com:8443.",
            )
    return hosts


def _port(given: str) -> int:
    if not given:
        return 8501
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= _HIGHEST_PORT:
        raise SettingError(f"{PORT} is “{given[:20]}”, which is not a port.", f"Write a number from 1 to {_HIGHEST_PORT}.")
    return int(given)
