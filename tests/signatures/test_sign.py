"""Signed papers, judged by readers that are not ours: pyHanko's validator, pdfsig, openssl."""

import re
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.x509.oid import ExtensionOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from lienthong.audit.public import Entry
from lienthong.documents.public import read_file
from lienthong.identity.public import NotAllowed, Role, SignInNeeded, system
from lienthong.identity.rules import ANONYMOUS
from lienthong.signatures.actions import new_token, revoke_paper
from lienthong.signatures.models import Signature
from lienthong.signatures.providers.demo.authority import DemoAuthority
from lienthong.signatures.providers.demo.signing import demo_signing
from lienthong.signatures.public import Force, NoSigningService, NotInForce, ReasonNeeded
from signatures.conftest import AGENCY, CODE, SIGNED_AT, TOKEN, officer, signed

pytestmark = pytest.mark.django_db

OPENSSL = "openssl cms -verify -binary -inform DER -in cms.der -content signed -purpose any -out seen -CAfile"


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


def test_original_bytes_stay_and_the_row_tells(pdf: bytes) -> None:
    signature = signed(pdf)
    content = read_file(signature.document)
    assert content.startswith(pdf), "the signature is added after the last byte"
    assert signature.sha256 == signature.document.sha256
    assert signature.holder_initials == "N. T. M. H."
    assert (signature.force, signature.token) == (Force.IN_FORCE, TOKEN)
    entry = Entry.objects.get(event="signatures.PaperSigned")
    assert entry.fields["organisation"] == CODE
    assert "Hạnh" not in entry.facts


def test_pyhanko_accepts_the_whole_chain(pdf: bytes, pki: Path) -> None:
    content = read_file(signed(pdf).document)
    root = asn1.Certificate.load(demo_signing(pki).trust_roots()[0])
    found = PdfFileReader(BytesIO(content)).embedded_regular_signatures[0]
    trusted = ValidationContext(trust_roots=[root], allow_fetching=False)
    with ThreadPoolExecutor(1) as apart:  # a browser test before may have left its event loop in this thread
        status = apart.submit(validate_pdf_signature, found, trusted).result()
    assert status.bottom_line
    assert found.self_reported_timestamp == SIGNED_AT
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert status.signing_cert.subject.native["organization_name"] == AGENCY


@needs("pdfsig")
def test_pdfsig_accepts_and_sees_tampering(pdf: bytes, tmp_path: Path) -> None:
    content = read_file(signed(pdf).document)
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(content)
    bad.write_bytes(tampered(content))
    said = subprocess.run(["pdfsig", good], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    said = subprocess.run(["pdfsig", bad], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in said
    assert "Mismatch" in said


@needs("openssl")
def test_openssl_accepts_signature_and_chain(pdf: bytes, pki: Path, tmp_path: Path) -> None:
    content = read_file(signed(pdf).document)
    start, first, second, rest = (int(number) for number in ranges(content))
    (tmp_path / "signed").write_bytes(content[start : start + first] + content[second : second + rest])
    # The signature is padded with zeros up to its room; DER says itself where it ends.
    cms = bytes.fromhex(content[first + 1 : second - 1].decode())
    length = 4 + int.from_bytes(cms[2:4])
    (tmp_path / "cms.der").write_bytes(cms[:length])
    done = subprocess.run(
        [*OPENSSL.split(), pki / "root.pem"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "successful" in done.stderr


def ranges(content: bytes) -> list[bytes]:
    found = re.search(rb"/ByteRange \[ ?(\d+) (\d+) (\d+) (\d+)", content)
    assert found
    return list(found.groups())


def tampered(content: bytes) -> bytes:
    """One byte of the page changed, nothing moved."""
    at = content.index(b"/Title") + 9
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_paper_stays_pdf_a(pdf: bytes) -> None:
    """ISO 19005-2 §6.6.4: the XMP declares the part; signing leaves it and adds no PDF 2.0 extension."""
    content = read_file(signed(pdf).document)
    reader = PdfReader(BytesIO(content))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part[>=\"' ]+2", metadata)
    assert re.search(r"pdfaid:conformance[>=\"' ]+B", metadata)
    assert metadata == PdfReader(BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.pdf_header == "%PDF-1.7"
    assert "/Version" not in reader.trailer["/Root"]
    assert "/OutputIntents" in reader.trailer["/Root"]
    widget = reader.pages[0]["/Annots"][0].get_object()
    assert list(widget["/Rect"]) == [0, 0, 0, 0], "no appearance is owed by a field without size"
    assert widget["/F"] & 4, "it would print"


def test_demo_keys_are_their_owners_alone(pdf: bytes, pki: Path) -> None:
    signed(pdf)
    files = [path for path in pki.rglob("*") if path.is_file() and path.name != "lock"]
    assert {path.name.rsplit(".", 1)[-1] for path in files} == {"key", "pem"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o700 for path in pki.rglob("*") if path.is_dir())


def test_each_agency_has_its_own_certificate(pki: Path) -> None:
    authority = DemoAuthority(pki)
    one, other = authority.agency("H20.47", AGENCY), authority.agency("H20.48", "Ủy ban nhân dân xã Mỹ An")
    renamed = authority.agency("H20.47", "Ủy ban nhân dân phường Bến Sen Mới")
    assert len({each.serial for each in (one, other, renamed)}) == 3
    assert DemoAuthority(pki).agency("H20.47", AGENCY).serial == one.serial
    usage = one.certificate.extensions.get_extension_for_oid(ExtensionOID.KEY_USAGE)
    assert usage.critical
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    for kind in (ExtensionOID.SUBJECT_KEY_IDENTIFIER, ExtensionOID.AUTHORITY_KEY_IDENTIFIER):
        assert one.certificate.extensions.get_extension_for_oid(kind)
    assert "DEMO" in one.certificate.subject.rfc4514_string()
    one.certificate.verify_directly_issued_by(authority.issuing().certificate)
    constraint = authority.issuing().certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraint.value.path_length == 0


@pytest.mark.parametrize("code", ["../../etc/x", "H20/47", "", "h20", "H20..47", "H20.47\n"])
def test_nothing_but_an_agency_code_becomes_a_file(code: str, pki: Path) -> None:
    with pytest.raises(ValueError, match="agency code"):
        DemoAuthority(pki).agency(code, "x")


def test_tokens_cannot_be_guessed() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert min(map(len, tokens)) == 24, "144 bits"


def test_only_officers_of_the_agency_sign(pdf: bytes) -> None:
    """NĐ 30/2020/NĐ-CP Điều 13: a paper is signed by who has authority at the agency that issues it."""
    for role in (Role.RECEPTION, Role.LEADER, Role.CENTRE_LEADER, Role.CLERK):
        signed(pdf, token=new_token(), by=officer(role))
    signed(pdf, token=new_token(), by=system("demo"))
    for by in (officer(Role.LEADER, at="H20.48"), officer(Role.LEADER, at="H20"), officer(Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            signed(pdf, token=new_token(), by=by)
    with pytest.raises(SignInNeeded):
        signed(pdf, token=new_token(), by=ANONYMOUS)


def test_without_the_demo_nothing_is_signed_by_a_demo_certificate(pdf: bytes, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]  # pytest-django's wrapper takes any name
    with pytest.raises(NoSigningService):
        signed(pdf)
    assert not Signature.objects.exists()


def test_revoked_paper_stays_revoked(pdf: bytes) -> None:
    signature = signed(pdf)
    with pytest.raises(NotAllowed):
        revoke_paper(signature=signature, reason="nhầm", by=officer(Role.CLERK))
    with pytest.raises(ReasonNeeded):
        revoke_paper(signature=signature, reason=" ", by=officer(Role.LEADER))
    revoke_paper(signature=signature, reason="Cấp nhầm người", by=officer(Role.LEADER))
    signature.refresh_from_db()
    assert (signature.force, signature.ended_reason) == (Force.REVOKED, "Cấp nhầm người")
    with pytest.raises(NotInForce):
        revoke_paper(signature=signature, reason="lần nữa", by=officer(Role.LEADER))
    assert "nhầm" not in Entry.objects.get(event="signatures.PaperRevoked").facts


def test_replacing_ends_the_old_paper(pdf: bytes) -> None:
    old = signed(pdf)
    new = signed(pdf, token=new_token(), replaces=old, signed_at=SIGNED_AT.replace(hour=16))
    old.refresh_from_db()
    assert (old.force, old.replaced_by) == (Force.REPLACED, new)
    with pytest.raises(NotInForce):
        signed(pdf, token=new_token(), replaces=old)
    assert Signature.objects.count() == 2, "a refused replacement signs nothing"
