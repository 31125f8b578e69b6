"""One bucket of records against the register: read, judge, keep."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.linkage.arrow import of_numbers
from lienthong.data.linkage.columns import Records
from lienthong.data.linkage.inputs import Table
from lienthong.data.linkage.judging import judged
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.register import Register


@dataclass(frozen=True)
class Job:
    """What is linked and how; `work` is where the parts are kept until all are there."""

    people: Table
    records: Table
    model: Model
    units: Path | None
    bucket: int
    work: Path

    def part(self, number: int) -> Path:
        """What becomes of bucket `number`: there when it is whole, not before."""
        return self.work / f"bucket-{number:05d}.parquet"

    def kept(self) -> int:
        """Rows of the register that have a whole number, as the run that read it wrote down."""
        return int(json.loads((self.work / "people.json").read_text("utf-8")))


def prior_of(people: int) -> float:
    """Bits that speak against any one of so many people."""
    return round(math.log2(max(people, 2)), 6)


def opened_register(job: Job) -> Register:
    """The register in memory, and how many of its rows count, written down for whoever goes on."""
    register = Register(job.people, job.units)
    _keep(job.work / "people.json", lambda part: part.write_text(json.dumps(register.kept), "utf-8"))
    return register


def decide(job: Job, register: Register, number: int) -> int:
    """Give each record of a bucket its verdict and keep them; the bucket's number."""
    first = number * job.bucket
    past = min(first + job.bucket, job.records.rows)
    records = Records.read(job.records, register.names, register.units, first, past)
    has_names = "full_name" in job.records.columns
    found = judged(records, register, job.model, prior_of(register.kept), has_names=has_names)
    table = pa.table([*map(of_numbers, found)], [*found._fields])
    _keep(
        job.part(number), lambda part: pq.write_table(table, part, compression="lz4", use_dictionary=["word"])
    )
    return number


def _keep(into: Path, write: Callable[[Path], object]) -> None:
    part = into.with_suffix(".part")
    write(part)
    part.replace(into)
