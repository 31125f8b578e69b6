"""How long a kept file is needed, and what for."""

from enum import StrEnum


class Retention(StrEnum):
    """The class a file's retention follows; the periods themselves belong to the archive plan.

    Luật Lưu trữ 33/2024/QH15 lets each agency's list set the periods, so none is counted here.
    """

    DRAFT = "draft"
    """Uploaded while a form is being filled in; not yet part of any dossier."""
    DOSSIER = "dossier"
    """Part of a dossier: what the applicant handed in, the forms 01–04."""
    RESULT = "result"
    """The signed result of a procedure."""
    DATA = "data"
    """A sector's data file, as it was received."""
    SOURCE = "source"
    """A document that targets and tasks were read from."""
