"""不许留存的应答:带个人信息、凭证的页面,和给人存下的文件(C76)。"""

from __future__ import annotations

from mimetypes import guess_type

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def private(response: HttpResponse) -> HttpResponse:
    """The response, marked so that nothing on the way keeps it and no search engine lists it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def download(name: str, content: bytes) -> HttpResponse:
    """A private file that the browser saves under ``name`` and whose type it may not guess."""
    response = HttpResponse(content, content_type=guess_type(name)[0] or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)
