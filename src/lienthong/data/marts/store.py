"""The mart on disk: a Parquet file a month, each replaced whole, and a manifest written last.

    mart/manifest.json
    mart/agencies.parquet            code, parent
    mart/procedures.parquet          what each agency offers, as the table `procedures`
    mart/dossiers/month=2026-11/dossiers.parquet

Whoever is killed half-way leaves months that are old or new, never half, and the old manifest: the
next build does them again.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from lienthong.data.marts.errors import MartUnreadable

MANIFEST: Final = "manifest.json"
FORMAT: Final = 2


@dataclass(frozen=True)
class Manifest:
    """Up to where the mart has seen (`seen`, a transaction id) and how many rows each month has."""

    seen: str = ""
    built_at: str = ""
    months: dict[str, int] = field(default_factory=dict)


class Store:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.dossiers = root / "dossiers"
        self.agencies = root / "agencies.parquet"
        self.procedures = root / "procedures.parquet"

    def manifest(self) -> Manifest:
        """What stands here; empty where nothing does. Raises MartUnreadable."""
        path = self.root / MANIFEST
        if not path.exists():
            return Manifest()
        try:
            content = json.loads(path.read_text("utf-8"))
            months = {str(month): int(rows) for month, rows in content["months"].items()}
            found = Manifest(str(content["seen"]), str(content["built_at"]), months)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise MartUnreadable(place=self.root, detail=type(error).__name__) from error
        if content.get("format") != FORMAT:
            raise MartUnreadable(place=self.root, detail=f"format {content.get('format')}")
        if any(not self.month_file(date.fromisoformat(f"{month}-01")).exists() for month in months):
            raise MartUnreadable(place=self.root, detail="months")
        return found

    def month_file(self, month: date) -> Path:
        return self.dossiers / f"month={month:%Y-%m}" / "dossiers.parquet"

    @contextmanager
    def replacing(self, path: Path) -> Iterator[Path]:
        """A file to write in; at the end of the block it takes the place of `path`."""
        beside = self.workshop / f"{path.parent.name}-{path.name}"
        yield beside
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.replace(path)

    def drop_month(self, month: date) -> None:
        shutil.rmtree(self.month_file(month).parent, ignore_errors=True)

    def seal(self, manifest: Manifest) -> None:
        """Write the manifest; from here on the build counts as done."""
        content = {
            "format": FORMAT,
            "seen": manifest.seen,
            "built_at": manifest.built_at,
            "months": dict(sorted(manifest.months.items())),
        }
        with self.replacing(self.root / MANIFEST) as path:
            path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")

    @property
    def workshop(self) -> Path:
        """Where files are made, on the same disk."""
        return self.root / ".making"

    def open_workshop(self) -> None:
        """Begin with an empty one: what lies there is of a build that was killed."""
        shutil.rmtree(self.workshop, ignore_errors=True)
        self.workshop.mkdir(parents=True)

    def close_workshop(self) -> None:
        shutil.rmtree(self.workshop, ignore_errors=True)

    def clear(self) -> None:
        """Forget everything, the manifest first."""
        (self.root / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(self.dossiers, ignore_errors=True)
