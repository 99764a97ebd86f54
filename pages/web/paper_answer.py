"""A Word file as it leaves by an authorised route: as it is, or as PDF."""

from starlette.requests import Request
from starlette.responses import Response

from casework.documents import documents
from pages.web.asked import file_answer, not_there

KINDS = ("docx", "pdf")


def paper_answer(request: Request, word: bytes, name: str) -> Response:
    kind = request.path_params["kind"]
    made = word if kind == "docx" else documents.to_pdf(word)
    return file_answer(made, name, kind) if made is not None else not_there(request, "no_pdf", status=503)
