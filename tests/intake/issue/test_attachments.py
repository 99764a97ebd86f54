"""Files that come with an issue, and who gets them back."""

import hashlib
import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from access.typed import tidy
from db.refused import Refused, SeveralRefused
from intake.files.upload import Upload
from intake.issue import attachments
from intake.issue.attachments import LARGEST, LONGEST_NAME, check, check_all, clean_name
from intake.words import fits, graphemes

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#1746A2").save(out, kind)
    return out.getvalue()


def refusal(name: str, content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        check(Upload(name, content))
    return refused.value


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("许可.pdf", PDF, "application/pdf"),
        ("现场.jpg", picture("JPEG"), "image/jpeg"),
        ("screen.PNG", picture(), "image/png"),
    ],
)
def test_pdf_jpeg_and_png_are_taken(name: str, content: bytes, media_type: str) -> None:
    kept = check(Upload(name, content))
    assert (kept.name, kept.media_type, kept.content) == (name, media_type, content)


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + b"\0" * 64, b"<html><script>1</script>", b"GIF89a" + b"\0" * 64])
def test_another_kind_of_content_is_refused_whatever_its_name(content: bytes) -> None:
    refused = refusal("发票.pdf", content)
    assert (refused.code, refused.facts["name"]) == ("attachment_kind", "发票.pdf")


@pytest.mark.parametrize(
    "content",
    [PDF[:30], PDF.replace(b"%%EOF", b""), picture()[:60], picture("JPEG", (400, 400))[:-300], b"\xff\xd8\xff\xe0junk"],
)
def test_a_file_cut_short_is_refused(content: bytes) -> None:
    assert refusal("a.pdf", content).code == "attachment_damaged"


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    idat = b"IDAT" + zlib.compress(b"\0" * 100_000)
    bomb += struct.pack(">I", len(idat) - 4) + idat + struct.pack(">I", zlib.crc32(idat))
    assert refusal("map.png", bomb).code == "attachment_too_many_pixels"


def test_a_picture_of_a_thousand_scans_is_refused() -> None:
    assert refusal("a.jpg", picture("JPEG") + b"\xff\xda" * 1000).code == "attachment_damaged"


def test_an_empty_and_an_oversized_file_are_refused_by_name() -> None:
    assert refusal("空.pdf", b"").facts == {"name": "空.pdf"}
    assert refusal("大.pdf", PDF + b" " * LARGEST).code == "attachment_too_large"


def photograph(size: tuple[int, int] = (64, 48)) -> bytes:
    """As an iPhone keeps it: HEIC, lying on its side, and where it was taken."""
    taken = Image.new("RGB", size, (200, 60, 40))
    exif = taken.getexif()
    exif[0x0112], exif[0x010F] = 6, "Phone"
    kept = io.BytesIO()
    pillow_heif.from_pillow(taken).save(kept, exif=exif.tobytes())
    return kept.getvalue()


@pytest.mark.parametrize(
    ("called", "kept_as"), [("IMG_0412.HEIC", "IMG_0412.jpg"), ("现场.jpg", "现场.jpg"), ("a", "a.jpg")]
)
def test_an_iphones_photo_is_kept_as_a_jpeg_without_where_it_was_taken(called: str, kept_as: str) -> None:
    kept = check(Upload(called, photograph()))
    picture = Image.open(io.BytesIO(kept.content))
    assert (kept.name, kept.media_type, picture.format) == (kept_as, "image/jpeg", "JPEG")
    assert not picture.getexif() and kept.sha256 == hashlib.sha256(kept.content).hexdigest()


def test_an_iphones_photo_cut_short_or_huge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal("IMG_1.HEIC", b"\x00\x00\x00\x24ftypheic" + b"\0" * 64).code == "attachment_damaged"
    assert refusal("IMG_1.HEIC", photograph()[:-200]).code == "attachment_damaged"
    monkeypatch.setattr(attachments, "MOST_PIXELS", 1000)
    assert refusal("IMG_1.HEIC", photograph()).code == "attachment_too_many_pixels"


def test_each_bad_file_is_named_with_its_own_reason() -> None:
    with pytest.raises(SeveralRefused) as refused:
        check_all([Upload("好.pdf", PDF), Upload("空.pdf", b""), Upload("坏.png", b"\x89PNG\r\n\x1a\nx")])
    said = [(one.code, one.facts["name"]) for one in refused.value.each]
    assert said == [("attachment_empty", "空.pdf"), ("attachment_damaged", "坏.png")]


def test_six_files_are_one_too_many() -> None:
    assert len(check_all([Upload("a.pdf", PDF)] * 5)) == 5
    with pytest.raises(Refused, match="attachments_too_many"):
        check_all([Upload("a.pdf", PDF)] * 6)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\boss\合同.pdf", "合同.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("\u200b合\u200d同\ufeff.pdf", "合同.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("照片.jpeg", "照片.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("two\nlines\t.pdf", "two lines.pdf"),
    ],
)
def test_a_name_is_cleaned_and_fits_its_content(given: str, kept: str) -> None:
    assert check(Upload(given, PDF)).name == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = clean_name("长" * 500 + ".pdf")
    assert name.endswith("长.pdf") and graphemes(name) == LONGEST_NAME


def test_hostile_names_stay_short_single_lines() -> None:
    for n in range(1, 0x3000, 97):
        given = chr(n) * 200
        name = check(Upload(given, PDF)).name
        assert fits(name, LONGEST_NAME + 4) and "\n" not in name and "/" not in name and name.endswith(".pdf")


def test_graphemes_are_counted_as_read() -> None:
    assert graphemes("👨‍👩‍👧‍👦é🇨🇳👍🏽中") == 5
    assert not fits("a" + "\u0301" * 300, 60)


def test_typed_text_loses_what_cannot_be_seen_but_keeps_its_lines() -> None:
    assert tidy(" 一\u202e二\r\n三\x00 ") == "一二\n三"
