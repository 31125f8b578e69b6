"""The tables that figures are taken from, column by column. docs/indicator-files.md is made from this.

A column may be absent: whatever needs it is then not computable and says so. A file may carry
the national exchange's own field names instead of ours; `wire` lists them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Column:
    """One column. `kind`: text, moment, day, flag, integer, channel. `needed`: no row can do without."""

    name: str
    kind: str
    doc: str
    wire: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Table:
    """One table. `moment` names the column that puts a row into a month; a stock has none."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    moment: str = ""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


AGENCY: Final = Column("agency", "text", "Code of the agency that decides", "DonViXuLy", needed=True)
UNIT: Final = Column("unit", "text", "Code of the administrative unit; needed for `--by unit`")
PROCEDURE: Final = Column("procedure", "text", "Code of the procedure", "MaTTHC", needed=True)

DOSSIERS: Final = Table(
    "dossiers",
    "One row a dossier. A dossier counts in the month it was received in.",
    (
        AGENCY,
        Column("received_at", "moment", "When it was received", "NgayTiepNhan", needed=True),
        UNIT,
        Column("procedure", "text", "Code of the procedure", "MaTTHC"),
        Column("code", "text", "Code of the dossier; not counted with", "MaHoSo"),
        Column("channel", "channel", "`online`, `direct` or `post`; also 2, 1, 3", "KenhThucHien"),
        Column("state", "integer", "1 to 10, the national catalogue of states", "TrangThaiHoSo"),
        Column("due_at", "moment", "When the result is due; empty: no date was given", "NgayHenTra"),
        Column("ended_at", "moment", "When processing ended: decided, else stopped, else withdrawn; empty: not yet", "NgayKetThucXuLy"),
        Column("supplements", "integer", "How often papers were asked for after receipt"),
        Column("supplement_asked_at", "moment", "When papers still awaited were asked for"),
        Column("supplement_seconds", "integer", "How long the applicant took to supplement, if `due_at` was not moved for it"),
        Column("limit_seconds", "integer", "The longest time the law allows, for dossiers without `due_at`"),
        Column("outcome", "text", "`approved` or `denied`; empty: not decided"),
        Column("end_to_end", "flag", "Received as a full online service (toàn trình)"),
        Column("synced", "flag", "It is on the National Public Service Portal"),
        Column("returns_paper", "flag", "The procedure's result is a paper"),
        Column("electronic_result", "flag", "Its result exists signed and electronic, with a link"),
        Column("digitised_papers", "flag", "At least one component was digitised", "HoSoCoThanhPhanSoHoa"),
        Column("reused_papers", "flag", "At least one component was reused, not handed in again"),
        Column("personal_store", "flag", "Taken from, or its result put into, the citizen's personal store"),
        Column("vneid_account", "flag", "Filed with an account that VNeID had verified", "TaiKhoanDuocXacThucVoiVNeID"),
        Column("population_data", "flag", "The population register was read for it"),
        Column("fee", "integer", "All fees and charges, in đồng"),
        Column("paid_online", "flag", "They were paid online, on the portal or a gateway"),
        Column("certified_copy", "flag", "It asks for a copy to be certified"),
        Column("electronic_copy", "flag", "The certified copy was issued electronically"),
        Column("complained", "flag", "The applicant complained about it or rated it unsatisfactory"),
        Column("applicant", "text", "A pseudonym of the applicant, for counting distinct people"),
    ),
    moment="received_at",
)  # fmt: skip

PROCEDURES: Final = Table(
    "procedures",
    "One row a procedure of an agency: what stands published and offered. A state, not a flow: a month "
    "takes what is valid at its end, a longer period what is valid at its end.",
    (
        AGENCY,
        PROCEDURE,
        UNIT,
        Column("valid_from", "day", "First day it is so; absent: always"),
        Column("valid_to", "day", "First day it is no longer so; empty: still"),
        Column("online_level", "text", "`full`, `partial` or empty"),
        Column("is_public", "flag", "It is published"),
        Column("mandatory_parts", "integer", "How many of the 7 parts of 63/2010/NĐ-CP art. 8.2 it has"),
        Column("has_fee", "flag", "It bears a fee"),
        Column("payable_online", "flag", "The fee can be paid on the portal"),
        Column("for_people", "flag", "It serves people (not only organisations)"),
        Column("uses_population_data", "flag", "It reads the population register"),
    ),
)

PUBLICATIONS: Final = Table(
    "publications",
    "One row a decision that publishes a procedure. It counts in the month of the decision.",
    (
        AGENCY,
        PROCEDURE,
        UNIT,
        Column("decided_on", "day", "Day of the publishing decision", needed=True),
        Column("effective_on", "day", "Day the law behind it takes effect"),
        Column("published_on", "day", "Day it was made public; empty: not yet"),
    ),
    moment="decided_on",
)

PETITIONS: Final = Table(
    "petitions",
    "One row a petition (phản ánh, kiến nghị). It counts in the month it was received in.",
    (
        AGENCY,
        UNIT,
        Column("received_at", "moment", "When it was received", needed=True),
        Column("due_at", "moment", "When the answer is due"),
        Column("ended_at", "moment", "When it was answered; empty: not yet"),
        Column("kind", "text", "`conduct` (of officials) or `rule` (of the law)"),
        Column("likes", "integer", "Ratings in favour of the answer"),
        Column("dislikes", "integer", "Ratings against it"),
        Column("repeated", "flag", "The same petition came again"),
    ),
    moment="received_at",
)

REPORTED: Final = Table(
    "reported",
    "One row an agency and month: what the national reporting system says was received.",
    (
        AGENCY,
        UNIT,
        Column("month", "day", "First day of the month", needed=True),
        Column("received", "integer", "Dossiers received in the month, as reported"),
        Column("last_year_received", "integer", "Dossiers received in the whole year before, as reported"),
    ),
    moment="month",
)

TABLES: Final[Mapping[str, Table]] = {
    table.name: table for table in (DOSSIERS, PROCEDURES, PUBLICATIONS, PETITIONS, REPORTED)
}
KINDS: Final[Mapping[str, str]] = {
    "text": "string",
    "moment": "timestamp(6)",
    "day": "date",
    "flag": "boolean",
    "integer": "int64",
    "channel": "string",
}
