"""The QR of a paper: one web address that any phone opens, the facts behind "#"."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from lienthong.documents.wording import last_four, slug


@dataclass(frozen=True, kw_only=True)
class QrFacts:
    """What a QR of ours says; nothing of it is believed before the register confirms it."""

    url: str
    dossier_code: str
    procedure_code: str
    identifier_end: str
    paper: str


def qr_text(*, url: str, dossier_code: str, procedure_code: str, identifier: str, paper: str) -> str:
    """One web address that any phone opens, carrying what TT 01/2023/TT-VPCP asks a QR to hold.

    The facts stand behind "#", which browsers keep to themselves: no server's log gets them. Of
    the identifier only the last four digits go in, since anybody may photograph a paper.
    """
    facts = {"hs": dossier_code, "tt": procedure_code, "dd": last_four(identifier), "gt": slug(paper)}
    return f"{url}#" + "&".join(f"{key}={quote(value)}" for key, value in facts.items() if value)


def read_qr_text(text: str) -> QrFacts | None:
    """Read a QR's text tolerantly; None if it is none of ours."""
    parts = urlsplit(text.strip())
    facts = dict(parse_qsl(parts.fragment, max_num_fields=10))
    if parts.scheme not in {"http", "https"} or not facts.get("hs"):
        return None
    return QrFacts(
        url=urlunsplit(parts._replace(fragment="")),
        dossier_code=facts["hs"],
        procedure_code=facts.get("tt", ""),
        identifier_end=facts.get("dd", ""),
        paper=facts.get("gt", "").replace("-", " "),
    )
