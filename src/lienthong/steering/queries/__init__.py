"""Reads: targets, tasks as they stood, plans and bodies."""

from lienthong.steering.queries.readings import file_of, find_reading, readings_of
from lienthong.steering.queries.standings import (
    OpenObstacle,
    TaskCount,
    TaskRow,
    TaskScope,
    count_tasks,
    known_moment,
)
from lienthong.steering.queries.targets import find_target, target_for, targets, targets_of
from lienthong.steering.queries.tasks import (
    Line,
    TaskPage,
    agencies_now,
    agencies_of,
    documents_of,
    entry_of,
    evidence_of,
    find_plan,
    find_task,
    members_of,
    plans,
    plans_to_assign,
    predecessors_of,
    task_page,
)

__all__ = [
    "Line",
    "OpenObstacle",
    "TaskCount",
    "TaskPage",
    "TaskRow",
    "TaskScope",
    "agencies_now",
    "agencies_of",
    "count_tasks",
    "documents_of",
    "entry_of",
    "evidence_of",
    "file_of",
    "find_plan",
    "find_reading",
    "find_target",
    "find_task",
    "known_moment",
    "members_of",
    "plans",
    "plans_to_assign",
    "predecessors_of",
    "readings_of",
    "target_for",
    "targets",
    "targets_of",
    "task_page",
]
