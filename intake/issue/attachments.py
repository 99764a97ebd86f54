"""Files that come with an issue: judged by what they contain, never by what they are called."""

import hashlib
import io
import unicodedata
import warnings
from collections.abc import Sequence
from functools import partial

import pillow_heif
from PIL import Image, ImageOps

from access.typed import one_line
from db.cases.attachments import CheckedFile
from db.refused import Refused, Wrong
from intake.files.upload import Upload
from intake.words import cut

MOST = 5
LARGEST = 5 * 1024 * 1024  # bytes
MOST_PIXELS = 60_000_000  # a phone's largest photograph; a few kilobytes can claim far more
LONGEST_NAME = 120
HEIC = (".heic", ".heif")  # of photographs that are kept as JPEG
SUFFIXES = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}

_QUALITY, _AS_LARGE = 85, (4000, 4000)  # of a JPEG made from a phone's photograph: it fits, whatever the phone
_MOST_SCANS = 100  # a camera's progressive JPEG has about ten; thousands keep a decoder busy for minutes
_TAIL = 2048  # readers look for a PDF's end mark in the last kilobyte or so


def check_all(uploads: Sequence[Upload]) -> list[CheckedFile]:
    """Raises Refused('attachments_too_many'), and what `check` raises for each bad one."""
    if len(uploads) > MOST:
        raise Refused("attachments_too_many", most=MOST)
    wrong = Wrong()
    checked = [wrong.tried(partial(check, upload), None) for upload in uploads]
    wrong.refuse()
    return [one for one in checked if one]


def check(upload: Upload) -> CheckedFile:
    """Raises Refused('attachment_empty' | '…_too_large' | '…_kind' | '…_damaged' | '…_too_many_pixels',
    name=…)."""
    called = clean_name(upload.name)
    if not upload.content:
        raise Refused("attachment_empty", name=called)
    if len(upload.content) > LARGEST:
        raise Refused("attachment_too_large", name=called, megabytes=LARGEST // 1024**2)
    content = _as_jpeg(upload.content, called) if _is_heic(upload.content) else upload.content
    media_type = _media_type(content)
    if media_type is None:
        raise Refused("attachment_kind", name=called)
    if media_type == "application/pdf":
        _check_pdf(content, called)
    else:
        _check_image(content, media_type, called)
    return CheckedFile(_fitting(called, media_type), media_type, hashlib.sha256(content).hexdigest(), content)


def clean_name(name: str) -> str:
    """The last part of any path, on one line, nothing invisible, at most 120 characters as one reads them."""
    normal = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = one_line(normal).strip(". ")
    stem, dot, suffix = shown.rpartition(".")
    if not dot or len(suffix) > 8:
        return cut(shown, LONGEST_NAME)
    return cut(stem.rstrip(), LONGEST_NAME - len(suffix) - 1) + "." + suffix


def _media_type(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return None


def _is_heic(content: bytes) -> bool:
    """What an iPhone's camera keeps, and few desks can open."""
    return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1")


def _as_jpeg(content: bytes, called: str) -> bytes:
    """The picture upright, for whoever handles the case; where and when it was taken stays out of it."""
    try:
        file = pillow_heif.open_heif(content, convert_hdr_to_8bit=True)
        width, height = file.size
        if width * height > MOST_PIXELS:
            raise Refused("attachment_too_many_pixels", name=called)
        made = io.BytesIO()
        upright = ImageOps.exif_transpose(file.to_pillow()).convert("RGB")
        upright.thumbnail(_AS_LARGE)
        upright.info.clear()
        upright.save(made, "JPEG", quality=_QUALITY)
    except Refused:
        raise
    except Exception:  # a hostile file may make the decoder raise anything
        raise Refused("attachment_damaged", name=called) from None
    return made.getvalue()


def _check_pdf(content: bytes, called: str) -> None:
    if b"startxref" not in content or b"%%EOF" not in content[-_TAIL:]:
        raise Refused("attachment_damaged", name=called)


def _check_image(content: bytes, media_type: str, called: str) -> None:
    """The size is read before anything is unpacked; then a JPEG is decoded small, a PNG's checksums are compared."""
    kind = "PNG" if media_type == "image/png" else "JPEG"
    if kind == "JPEG" and content.count(b"\xff\xda") > _MOST_SCANS:
        raise Refused("attachment_damaged", name=called)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            image = Image.open(io.BytesIO(content), formats=[kind])
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise Refused("attachment_too_many_pixels", name=called)
        _go_through(image)
    except Image.DecompressionBombError:
        raise Refused("attachment_too_many_pixels", name=called) from None
    except Refused:
        raise
    except Exception:  # a hostile file may make the decoder raise anything
        raise Refused("attachment_damaged", name=called) from None


def _go_through(image: Image.Image) -> None:
    if image.format == "PNG":
        image.verify()
    else:
        image.draft("RGB", (512, 512))
        image.load()


def _fitting(called: str, media_type: str) -> str:
    """The name with an ending that fits the content; a page named `.exe` keeps that, with `.pdf` behind it."""
    ours = SUFFIXES[media_type]
    if called.lower().endswith(ours):
        return called
    stem, dot, suffix = called.rpartition(".")
    known = dot and f".{suffix.lower()}" in (*HEIC, *(s for all_of_one in SUFFIXES.values() for s in all_of_one))
    return ((stem if known else called) or "file") + ours[0]
