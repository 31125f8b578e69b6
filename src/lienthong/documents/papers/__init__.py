"""What stands on each paper: plain facts that a room fills in; the typesetter does the rest."""

from lienthong.documents.papers.forms import ApologyPaper, ReceiptPaper, RefusalPaper, SupplementPaper
from lienthong.documents.papers.paper import ApplicantPaper, Paper
from lienthong.documents.papers.parts import Applicant, Ground, Letterhead, PaperLine, Shortfall, Signatory
from lienthong.documents.papers.qr import QrFacts, qr_text, read_qr_text
from lienthong.documents.papers.results import BirthCertificatePaper, Child, Parent, ResultPaper

__all__ = [
    "ApologyPaper",
    "Applicant",
    "ApplicantPaper",
    "BirthCertificatePaper",
    "Child",
    "Ground",
    "Letterhead",
    "Paper",
    "PaperLine",
    "Parent",
    "QrFacts",
    "ReceiptPaper",
    "RefusalPaper",
    "ResultPaper",
    "Shortfall",
    "Signatory",
    "SupplementPaper",
    "qr_text",
    "read_qr_text",
]
