"""A certificate authority for demonstrations: root, issuing authority, one certificate an agency.

Keys are made on first use under var/pki/, readable by their owner only, and never leave it. Every
name says DEMO. A real installation uses the Government's authority (NĐ 68/2024/NĐ-CP) instead.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

BEGINNING: Final = datetime(2025, 7, 1, tzinfo=UTC)
"""Demo papers are dated from here on: the day the two-level government began."""
ROOT_YEARS: Final = 20
AGENCY_YEARS: Final = 5
DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""RFC 9336."""


Certify = Callable[[ec.EllipticCurvePrivateKey], x509.Certificate]


@dataclass(frozen=True)
class Identity:
    """A certificate and its key, parsed once."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:x}"


class DemoAuthority:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, Identity] = {}

    def root(self) -> Identity:
        return self.identity("root", lambda key: authority_certificate(key, "Root CA", None))

    def issuing(self) -> Identity:
        root = self.root()
        return self.identity("issuing", lambda key: authority_certificate(key, "Issuing CA", root))

    def agency(self, code: str, name: str) -> Identity:
        """The signing certificate of one agency under one name; a renamed agency gets a new one."""
        if not re.fullmatch(r"[A-Z0-9]{1,10}(\.[A-Z0-9]{1,10}){0,12}", code):
            raise ValueError(f"not an agency code: {code!r}")
        issuer = self.issuing()
        label = f"{code}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
        return self.identity(f"agencies/{label}", lambda key: agency_certificate(key, code, name, issuer))

    def identity(self, label: str, certify: Certify) -> Identity:
        """Read the pair kept under `label`, or make it; one process makes, the others wait."""
        if label not in self.kept:
            path = self.folder / label
            if not beside(path, "pem").exists():
                with self.alone():
                    if not beside(path, "pem").exists():
                        make(path, certify)
            self.kept[label] = read(path)
        return self.kept[label]

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def beside(path: Path, ending: str) -> Path:
    """The file of this label and ending; `with_suffix` would cut an agency code at its last point."""
    return path.with_name(f"{path.name}.{ending}")


def make(path: Path, certify: Certify) -> None:
    """Write key, then certificate: a certificate on the disk means that its key is there too."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(beside(path, "key"), pem)
    certificate = certify(key).public_bytes(serialization.Encoding.PEM)
    write_private(beside(path, "pem"), certificate)


def write_private(path: Path, content: bytes) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def read(path: Path) -> Identity:
    key = serialization.load_pem_private_key(beside(path, "key").read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name}: not an elliptic curve key")
    return Identity(x509.load_pem_x509_certificate(beside(path, "pem").read_bytes()), key)


def subject(common_name: str, organisation: str, code: str | None = None) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "DEMO"),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    if code:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, code))
    return x509.Name(parts)


def begun(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    name: x509.Name,
    issuer: Identity | None,
    years: int,
) -> x509.CertificateBuilder:
    """What all three kinds share: names, numbers, validity, key identifiers."""
    issuer_key = issuer.key if issuer else key
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINNING)
        .not_valid_after(datetime.now(UTC) + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )


def usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        encipher_only=False,
        decipher_only=False,
    )


def authority_certificate(
    key: ec.EllipticCurvePrivateKey, title: str, issuer: Identity | None
) -> x509.Certificate:
    name = subject(f"DEMO Liên Thông {title}", "DEMO – không có giá trị pháp lý")
    return (
        begun(key, name, issuer, ROOT_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0 if issuer else 1), critical=True)
        .add_extension(usage(signs_papers=False), critical=True)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )


def agency_certificate(
    key: ec.EllipticCurvePrivateKey, code: str, name: str, issuer: Identity
) -> x509.Certificate:
    common_name = f"DEMO {name}" if len(name) < 59 else f"DEMO {code}"
    return (
        begun(key, subject(common_name, name, code), issuer, AGENCY_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_papers=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )
