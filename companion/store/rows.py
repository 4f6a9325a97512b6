"""Dataclasses as rows: columns are named as fields, tuples and mappings are JSON, yes and no are 1 and 0."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
import sqlite_utils.db

from companion.store.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from companion.store.database import Database

Row = TypeVar("Row")
_Value = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Row]):
    """A table, the dataclass of its rows, and the columns that are more than text or a number."""

    name: str
    kind: type[Row]
    key: tuple[str, ...] = ("id",)
    json: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    def insert(self, db: Database, row: Row) -> None:
        """Add a row, or raise `Conflict`."""
        try:
            db.sql.table(self.name).insert(self._values(row))
        except sqlite3.IntegrityError as error:
            raise self._conflict(error) from error

    def replace(self, db: Database, row: Row) -> None:
        """Write all of a row that exists, or raise `NotFound` or `Conflict`."""
        values = self._values(row)
        self.update(db, [values.pop(column) for column in self.key], values)

    def update(self, db: Database, key: Sequence[_Value], values: dict[str, _Value]) -> None:
        """Write some columns of a row that exists, or raise `NotFound` or `Conflict`."""
        try:
            db.sql.table(self.name).update(list(key), dict(values))
        except sqlite_utils.db.NotFoundError as error:
            raise NotFound(f"there is no such {self._noun}: {key[-1]}") from error
        except sqlite3.IntegrityError as error:
            raise self._conflict(error) from error

    def select(
        self, db: Database, where: str, values: Sequence[_Value], order_by: str | None = None
    ) -> tuple[Row, ...]:
        """Return the rows for which the SQL condition holds."""
        rows = db.sql.table(self.name).rows_where(where, list(values), order_by=order_by)
        return tuple(self._row(row) for row in rows)

    def find(self, db: Database, column: str, value: str) -> Row | None:
        """Return the row that has the value in a column that is unique."""
        return next(iter(self.select(db, f'"{column}" = ?', [value])), None)

    @property
    def _noun(self) -> str:
        return self.name.replace("_", " ")

    def _conflict(self, error: sqlite3.IntegrityError) -> Conflict:
        return Conflict(f"this {self._noun} contradicts what is already stored ({error})")

    def _values(self, row: Row) -> dict[str, _Value]:
        return dict(self._columns(row))

    def _columns(self, row: Row) -> Iterator[tuple[str, _Value]]:
        for field in fields(row):  # type: ignore[arg-type] # always one of the dataclasses of directory.py
            value = getattr(row, field.name)
            yield field.name, msgspec.json.encode(value).decode() if field.name in self.json else value

    def _row(self, columns: dict[str, Any]) -> Row:
        for name in self.json:
            columns[name] = msgspec.json.decode(columns[name])
        for name in self.flags:
            columns[name] = bool(columns[name])
        return msgspec.convert(columns, self.kind)
