"""A Word file as it leaves by an authorised route: as it is, or as PDF."""

from starlette.requests import Request
from starlette.responses import Response

from casework.documents import documents
from db.refused import Refused
from pages.web.asked import file_answer, not_there

KINDS = ("docx", "pdf")


def paper_answer(request: Request, word: bytes, name: str) -> Response:
    kind = request.path_params["kind"]
    try:
        made = word if kind == "docx" else documents.to_pdf(word)
    except Refused as refusal:
        return not_there(request, refusal.code)
    return file_answer(made, name, kind) if made is not None else not_there(request, "no_pdf", status=503)
