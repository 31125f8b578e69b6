"""Handing a kept file to a browser so that it can do nothing but be shown or saved."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from lienthong.documents.models import StoredFile
from lienthong.documents.queries import open_file


def serve(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """Answer with the content: attachment under its name (RFC 5987), or shown in place.

    No cache may keep it, no sniffing, no script, no frame of ours. Asked for after the calling
    room's permission. Raises MissingContentError.
    """
    response = FileResponse(open_file(file), content_type=file.media_type)
    response["Content-Length"] = str(file.size)
    # FileResponse cannot know which name and place were decided; the header is set whole.
    response["Content-Disposition"] = content_disposition_header(not inline, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    # The exact policy, in place of the site's: django-csp leaves an existing header alone.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
