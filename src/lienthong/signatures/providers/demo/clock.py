"""The demo's time-stamp authority (RFC 3161). RSA, since pyHanko's stamper in this process knows no other."""

from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from lienthong.signatures.providers.demo.authority import (
    AGENCY_YEARS,
    DemoAuthority,
    Identity,
    begun,
    beside,
    subject,
    usage,
    write_private,
)

BITS: Final = 3072


@dataclass(frozen=True)
class Clock:
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def clock_of(authority: DemoAuthority) -> Clock:
    """Read it, or make it under the authority's root; one process makes, the others wait."""
    path = authority.folder / "time"
    issuer = authority.issuing()
    if not beside(path, "pem").exists():
        with authority.alone():
            if not beside(path, "pem").exists():
                key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
                write_private(beside(path, "key"), pem_of(key))
                certificate = certified(key, issuer).public_bytes(serialization.Encoding.PEM)
                write_private(beside(path, "pem"), certificate)
    key_read = serialization.load_pem_private_key(beside(path, "key").read_bytes(), password=None)
    if not isinstance(key_read, rsa.RSAPrivateKey):
        raise TypeError("time: not an RSA key")
    return Clock(x509.load_pem_x509_certificate(beside(path, "pem").read_bytes()), key_read)


def pem_of(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def certified(key: rsa.RSAPrivateKey, issuer: Identity) -> x509.Certificate:
    name = subject("DEMO Liên Thông Time Stamping", "DEMO – không có giá trị pháp lý")
    return (
        begun(key, name, issuer, AGENCY_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_papers=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(issuer.key, hashes.SHA256())
    )
