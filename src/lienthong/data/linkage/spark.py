"""Buckets on the machines of a Spark cluster. Needs `lienthong[spark]`, Java, and directories that all of them see.

Each worker reads the register once and keeps it, some forty bytes a person, as one machine does; what is spread are the records.
"""

from collections.abc import Iterator
from functools import partial

from lienthong.data.linkage.bucket import Job, decide, opened_register
from lienthong.data.linkage.engine import Engine
from lienthong.data.linkage.register import Register
from lienthong.data.spark_session import spark_session

_held: dict[str, Register] = {}
"""The register of the job at hand, in each worker."""


def on_spark(threads: int | None) -> Engine:
    """threads: of a Spark on this machine alone."""

    def spread(job: Job, numbers: list[int]) -> Iterator[int]:
        if numbers:
            tasks = spark_session(threads).sparkContext.parallelize(numbers, len(numbers))
            yield from tasks.map(partial(_decide, job)).toLocalIterator(prefetchPartitions=True)

    return spread


def _decide(job: Job, number: int) -> int:
    key = str(job.work)
    if key not in _held:
        _held.clear()
        _held[key] = opened_register(job)
    return decide(job, _held[key], number)
