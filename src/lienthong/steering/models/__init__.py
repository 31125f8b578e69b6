from lienthong.steering.models.bodies import Body, Membership
from lienthong.steering.models.programmes import Plan, Programme, SourceDocument
from lienthong.steering.models.readings import Reading
from lienthong.steering.models.targets import Target
from lienthong.steering.models.tasks import Evidence, Task, TaskEntry

__all__ = [
    "Body",
    "Evidence",
    "Membership",
    "Plan",
    "Programme",
    "Reading",
    "SourceDocument",
    "Target",
    "Task",
    "TaskEntry",
]
