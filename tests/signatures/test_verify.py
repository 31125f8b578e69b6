"""What the check says of files that strangers bring."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from lienthong.documents.public import read_file
from lienthong.signatures.checker import checker
from lienthong.signatures.models import Signature
from lienthong.signatures.pades import KeySigner, add_signature, stamper_of
from lienthong.signatures.providers.demo.authority import DemoAuthority
from lienthong.signatures.providers.demo.clock import clock_of
from lienthong.signatures.providers.demo.signing import DemoSigning, demo_signing
from lienthong.signatures.public import Finding, verify_pdf
from lienthong.signatures.rules import SENTENCES, initials
from signatures.conftest import AGENCY, CODE, SIGNED_AT, signed
from signatures.test_sign import tampered

pytestmark = pytest.mark.django_db


def test_our_paper_is_sound(pdf: bytes) -> None:
    verdict = verify_pdf(read_file(signed(pdf).document))
    assert verdict.finding is Finding.SOUND
    assert verdict.is_intact
    assert verdict.is_trusted
    assert verdict.covers_whole_document
    assert verdict.known_to_us
    assert (verdict.signer, verdict.organisation) == ("Trần Văn Lộc", AGENCY)
    assert verdict.signed_at == SIGNED_AT


def test_one_changed_byte_is_seen(pdf: bytes) -> None:
    verdict = verify_pdf(tampered(read_file(signed(pdf).document)))
    assert verdict.finding is Finding.ALTERED
    assert not verdict.is_intact
    assert not verdict.known_to_us
    assert (verdict.signer, verdict.organisation) == ("", ""), "nothing inside a forged file is repeated"


def test_page_added_after_signing_is_seen(pdf: bytes) -> None:
    """The signature still matches its bytes; what is shown is no longer what was signed."""
    writer = IncrementalPdfFileWriter(BytesIO(read_file(signed(pdf).document)))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    verdict = verify_pdf(out.getvalue())
    assert verdict.finding is Finding.EXTENDED
    assert verdict.is_intact
    assert not verdict.covers_whole_document
    assert not verdict.known_to_us


def test_bytes_after_the_end_are_seen(pdf: bytes) -> None:
    verdict = verify_pdf(read_file(signed(pdf).document) + b"\n%%EOF\n")
    assert not verdict.is_sound


def test_somebody_elses_authority_is_not_trusted(pdf: bytes, tmp_path: Path) -> None:
    """The forger's certificates bear the very same names as ours."""
    foreign = DemoSigning(tmp_path / "forger").sign_pdf(
        pdf,
        organisation_code=CODE,
        organisation_name=AGENCY,
        signer_name="Trần Văn Lộc",
        reason="Cấp giấy",
        signed_at=SIGNED_AT,
    )
    verdict = verify_pdf(foreign.content)
    assert verdict.finding is Finding.FOREIGN
    assert verdict.is_intact
    assert not verdict.is_trusted
    assert (verdict.signer, verdict.organisation) == ("", "")


def test_sound_file_that_was_never_registered_is_not_known(pdf: bytes, pki: Path) -> None:
    made = demo_signing(pki).sign_pdf(
        pdf,
        organisation_code=CODE,
        organisation_name=AGENCY,
        signer_name="x",
        reason="x",
        signed_at=SIGNED_AT,
    )
    verdict = verify_pdf(made.content)
    assert verdict.is_sound
    assert not verdict.known_to_us


@pytest.mark.parametrize(
    "content", [b"", b"x", b"%PDF-1.7", b"\x00" * 5000, b"<html>", b"%PDF-1.7\n" + b"1 0 obj\n" * 2000]
)
def test_garbage_gives_a_verdict(content: bytes) -> None:
    assert verify_pdf(content).finding is Finding.NOT_A_PDF


def test_cut_file_gives_a_verdict(pdf: bytes) -> None:
    content = read_file(signed(pdf).document)
    for length in (len(content) // 3, len(content) // 2, len(content) - 100):
        assert not verify_pdf(content[:length]).is_sound


def test_unsigned_paper_is_told_so(pdf: bytes) -> None:
    assert verify_pdf(pdf).finding is Finding.UNSIGNED


def test_too_large_a_file_is_not_read(settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 100  # type: ignore[attr-defined]  # pytest-django's wrapper takes any name
    assert verify_pdf(b"x" * 101).finding is Finding.TOO_LARGE


def test_checking_process_that_died_is_started_again(pdf: bytes, pki: Path) -> None:
    content = read_file(signed(pdf).document)
    assert verify_pdf(content).is_sound
    process = checker(tuple(demo_signing(pki).trust_roots())).process
    assert process is not None
    process.kill()
    process.wait()
    assert verify_pdf(content).is_sound


def test_every_finding_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Finding)


def test_nothing_is_kept(pdf: bytes, tmp_path: Path) -> None:
    verify_pdf(pdf)
    assert not Signature.objects.exists()
    assert not (tmp_path / "documents").exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Nguyễn Thị Minh Hạnh", "N. T. M. H."), ("đỗ  ánh", "Đ. Á."), ("Y", "Y."), ("", "")],
)
def test_public_page_shows_initials_only(name: str, shown: str) -> None:
    assert initials(name) == shown


def test_the_time_is_proven_by_a_stamp_and_said_when_it_is_not(pdf: bytes, pki: Path) -> None:
    """PAdES B-T: the stamp is by a clock that is not the signer's; a signature may claim any time it likes."""
    before = timezone.now().replace(microsecond=0)
    verdict = verify_pdf(read_file(signed(pdf).document))
    assert verdict.is_sound
    assert verdict.signed_at == SIGNED_AT
    assert verdict.proven_at is not None
    assert before <= verdict.proven_at <= timezone.now()

    agency = DemoAuthority(pki).agency(CODE, AGENCY)
    issuing = DemoAuthority(pki).issuing().certificate
    signer = KeySigner(agency.certificate, agency.key, [issuing])
    unstamped = add_signature(pdf, signer=signer, signer_name="L.", reason="Cấp giấy", signed_at=SIGNED_AT)
    verdict = verify_pdf(unstamped)
    assert verdict.is_sound
    assert verdict.proven_at is None


def test_a_stamp_by_a_stranger_proves_nothing(pdf: bytes, pki: Path, tmp_path: Path) -> None:
    ours, theirs = DemoAuthority(pki), DemoAuthority(tmp_path / "stranger")
    agency, clock = ours.agency(CODE, AGENCY), clock_of(theirs)
    stamper = stamper_of(clock.certificate, clock.key, [theirs.issuing().certificate])
    signer = KeySigner(agency.certificate, agency.key, [ours.issuing().certificate])
    content = add_signature(
        pdf, signer=signer, signer_name="L.", reason="Cấp giấy", signed_at=SIGNED_AT, stamper=stamper
    )
    assert verify_pdf(content).proven_at is None


def test_the_page_says_whether_the_time_is_proven(pdf: bytes) -> None:
    content = read_file(signed(pdf).document)
    brought = SimpleUploadedFile("giay.pdf", content, content_type="application/pdf")
    assert (
        "dịch vụ cấp dấu thời gian chứng thực"
        in Client().post("/xac-minh/", {"paper": brought}).content.decode()
    )
