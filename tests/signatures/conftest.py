"""One demo authority for all tests here, one store of files for each, and a page to sign."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lienthong.documents.public import Letterhead, ResultPaper, Signatory, render_paper
from lienthong.identity.public import Actor, Duty, Role
from lienthong.signatures.actions import sign_paper
from lienthong.signatures.models import Signature
from lienthong.signatures.queries import verification_url

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED_AT = datetime(2026, 11, 20, 15, 40, tzinfo=VIETNAM)
CODE = "H20.47"
AGENCY = "Ủy ban nhân dân phường Bến Sen"
TOKEN = "4fTq0cEw2m9yZ1uXb7KpLAxx"


def officer(role: Role, at: str = CODE) -> Actor:
    duties = frozenset({Duty(role, at)})
    return Actor(
        reference="account:9", account_id=9, personal_number=None, name="Trần Văn Lộc", level=2, duties=duties
    )


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pki")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, pki: Path, settings: object) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.PKI_ROOT = pki  # type: ignore[attr-defined]  # as above
    settings.PUBLIC_URL = "https://lienthong.test"  # type: ignore[attr-defined]  # as above


@pytest.fixture
def pdf() -> bytes:
    return render_paper(
        ResultPaper(
            letterhead=Letterhead(
                parent="", agency=AGENCY, agency_in_text=AGENCY, place="Bến Sen", day=date(2026, 11, 20)
            ),
            title="Giấy xác nhận tình trạng hôn nhân",
            dossier_code="H20.47-261120-0031",
            procedure_code="1.004873",
            procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
            verification_url=verification_url(TOKEN),
            facts=(("Họ, chữ đệm, tên", "NGUYỄN THỊ MINH HẠNH"),),
            signer=Signatory(post="Chủ tịch", name="Trần Văn Lộc", note="đã ký số"),
            holder_identifier="099194004471",
        )
    )


def signed(pdf: bytes, *, token: str = TOKEN, by: Actor | None = None, **more: object) -> Signature:
    facts: dict[str, object] = {
        "file_name": "Giấy xác nhận.pdf",
        "organisation_code": CODE,
        "organisation_name": AGENCY,
        "signer_name": "Trần Văn Lộc",
        "reason": "Cấp giấy",
        "paper_name": "Giấy xác nhận tình trạng hôn nhân",
        "paper_number": "112/2026",
        "holder_name": "Nguyễn Thị Minh Hạnh",
        "signed_at": SIGNED_AT,
    }
    return sign_paper(pdf=pdf, token=token, by=by or officer(Role.LEADER), **(facts | more))  # type: ignore[arg-type]  # facts are sign_paper's own
