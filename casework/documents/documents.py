"""Official documents: a Word template filled with facts, and its PDF: by LibreOffice where it is present, else drawn.

Templates are Word files with fields in braces (`{{ title }}`). Staff may bring their own: `template_check` says what
they may hold, `document_filling` fills them where they can do no harm.
"""

import hashlib
import io
import json
import logging
import os
import re
import shutil
import subprocess
import tempfile
import threading
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from access.actor import Actor
from access.verbs import writes
from casework.documents.document_filling import filled
from casework.documents.drawn_paper import drawn
from casework.documents.print_fonts import NoFont, can_print, faces
from casework.documents.template_check import LARGEST
from db import events
from db.events import Event
from db.letters import templates
from db.letters.templates import Template
from db.limited import GaveUp, limited
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from i18n.theme import families

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "templates"
KINDS = ("letter", "briefing", "minutes", "meeting")
PDF_SECONDS = 90
FILL_SECONDS = 8  # of processor time, twice as many by the clock
DRAW_SECONDS, DRAW_MEMORY = 30, 1_500_000_000  # of a font of 65,000 letters
FILL_MEMORY = 512_000_000  # bytes; a briefing of a thousand cases takes a third
_converting = threading.Lock()  # LibreOffice takes a core and 300 MB: one at a time

# What a template must show: dotted names of the sample's facts.
REQUIRED: dict[str, tuple[str, ...]] = {
    "letter": ("issuer", "number", "title", "lead", "copied", "deadline", "date", "items.number", "items.title"),
    "briefing": ("title", "summary", "bodies.name", "bodies.overdue", "late.number", "date"),
    "minutes": ("title", "theme", "held_on", "place", "groups.people", "items.title", "items.kind", "items.lead"),
    "meeting": ("title", "held_on", "place", "chair", "groups.people", "items.decision", "items.owner", "items.due"),
}
FIELDS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "letter": {
        **dict.fromkeys(
            ("issuer", "number", "title", "lead", "helpers", "copied", "n", "deadline", "note", "corrects", "contact"),
        ),
        "counting": None,
        "date": None,
        "items": ("number", "enterprise", "title", "text", "due", "contact"),
    },
    "briefing": {
        **dict.fromkeys(("issuer", "title", "summary", "terms", "rules", "date")),
        **dict.fromkeys(
            ("bodies", "towns", "leaders"),
            ("name", "received", "settled", "on_time", "overdue", "reopened", "mean_days"),
        ),
        "late": ("body", "number", "title", "enterprise", "due", "days"),
        "warnings": ("level", "body", "number", "title", "reason"),
    },
    "minutes": {
        **dict.fromkeys(("issuer", "title", "theme", "held_on", "place", "format", "host", "summary", "tally", "date")),
        "files": ("name",),
        "groups": ("name", "n", "people"),
        "items": ("number", "enterprise", "title", "kind", "answer", "promised", "lead"),
    },
    "meeting": {
        **dict.fromkeys(("issuer", "title", "topic", "held_on", "place", "chair", "summary", "tally", "date")),
        "files": ("name",),
        "groups": ("name", "people"),
        "items": ("number", "enterprise", "title", "decision", "due", "owner"),
    },
}


def built_in(kind: str) -> bytes:
    return (FOLDER / f"{kind}.docx").read_bytes()


def present(con: Connection, kind: str, at: datetime) -> Template:
    """The template in use: what staff brought, else the built-in one."""
    content = built_in(kind)
    own = Template(kind, _sha(content), content, at, None, False)
    return templates.chosen(con, kind) or own


def fill(template: bytes, facts: Mapping[str, object]) -> bytes:
    """The document. The same template and facts give the same bytes.

    A template is a program of sorts, so this is limited work. Raises Refused('template_field', field=…) for a field
    that is not among the facts, 'template_syntax', 'template_heavy' where it asks for too much memory or time,
    'paper_busy' where the machine has no time now, or what `template_check` finds in the template or in what it makes.
    """
    try:
        return limited(filled, template, _clean(facts), seconds=FILL_SECONDS, memory=FILL_MEMORY)
    except GaveUp as gave_up:
        raise Refused("paper_busy" if gave_up.reason == "busy" else "template_heavy") from gave_up


def check_template(kind: str, content: bytes) -> None:
    """Raises Refused where the file is none of ours to open, or where it lacks what the document has to say.

    It is filled with a sample: 'template_too_large', what `fill` raises, or 'template_lacks' (naming the fields).
    """
    if len(content) > LARGEST:
        raise Refused("template_too_large", megabytes=LARGEST // 1024 // 1024)
    sample = sample_facts(kind)
    shown = text_of(fill(content, sample))
    lacking = [name for name in REQUIRED[kind] if _sample_word(name) not in shown]
    if lacking:
        raise Refused("template_lacks", fields=", ".join(lacking))


def replace_template(store: Store, *, actor: Actor, kind: str, content: bytes, at: datetime) -> Template:
    """Use this Word file from now on, once it has shown that it says everything. Raises as `check_template`."""
    actor.must("triage_case")
    _check_kind(kind)
    check_template(kind, content)
    brought = Template(kind, _sha(content), content, at, actor.id, False)

    def replace(con: Connection) -> Template:
        now_used = present(con, kind, at)
        if now_used.sha256 != brought.sha256:
            templates.keep(con, brought)
            templates.choose(con, kind, brought.sha256)
            _record(con, kind, "replace", brought.sha256, actor, at)
        return present(con, kind, at)

    return store.write(replace)


@writes("triage_case")
def reset_template(con: Connection, *, actor: Actor, kind: str, at: datetime) -> None:
    """Use the built-in one again; what staff brought is kept, since letters were written with it."""
    _check_kind(kind)
    if templates.chosen(con, kind) is not None:
        templates.choose(con, kind, None)
        _record(con, kind, "reset", _sha(built_in(kind)), actor, at)


def pdf_possible() -> bool:
    """By an office suite, or with a Chinese font of this machine."""
    return _office() is not None or can_print(serif=True)


def to_pdf(content: bytes) -> bytes | None:
    """The document as PDF; None where there is neither LibreOffice nor a font to draw it with, or where it fails or
    takes too long. Raises Refused('paper_busy') where the machine has no time to draw it now."""
    office = _office()
    if office is None:
        return _drawn(content)
    with _converting, tempfile.TemporaryDirectory(prefix="f2f-pdf-") as folder:
        home, source = Path(folder), Path(folder) / "document.docx"
        source.write_bytes(content)
        _write_fonts(home / "fonts.conf")
        return _convert(office, home, source)


def _drawn(content: bytes) -> bytes | None:
    try:
        return limited(drawn, content, faces(serif=True), seconds=DRAW_SECONDS, memory=DRAW_MEMORY)
    except (NoFont, GaveUp) as error:
        log.warning("no PDF was drawn", exc_info=True)
        if isinstance(error, GaveUp) and error.reason == "busy":
            raise Refused("paper_busy") from error
        return None


def text_of(content: bytes) -> str:
    """Every word of a Word file: body, tables, headers and footers, a line a paragraph."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [n for n in archive.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", n)]
        xml = "\n".join(archive.read(name).decode("utf-8") for name in sorted(parts))
    lines = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>", "\n", xml))
    return lines.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def sample_facts(kind: str) -> dict[str, Any]:
    """Words that say which field they stand for; lists have two rows."""
    facts: dict[str, Any] = {}
    for name, columns in FIELDS[kind].items():
        if columns is None:
            facts[name] = _sample_word(name)
        else:
            facts[name] = [{column: _sample_word(f"{name}.{column}") for column in columns} for _ in range(2)]
    return facts


def _sample_word(name: str) -> str:
    return f"[{name}]"


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refused("template_unreadable")


def _clean(value: object) -> Any:  # noqa: ANN401
    """Facts as XML can hold them; a line break in a person's words begins a new paragraph."""
    if isinstance(value, Mapping):
        return {name: _clean(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_clean(inner) for inner in value]
    if isinstance(value, str):
        kept = "".join(c for c in value if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
        return re.sub(r"\n+", "\a", kept.strip("\n"))
    return value


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(con: Connection, kind: str, step: str, sha256: str, actor: Actor, at: datetime) -> None:
    subject = f"template:{kind}"
    seq = len(events.of_subject(con, subject)) + 1
    detail = {"kind": kind, "sha256": sha256}
    events.append(con, Event(at, "letter", f"template_{step}", subject, seq, actor.id, actor.role, detail=detail))


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _convert(office: str, home: Path, source: Path) -> bytes | None:
    command = [
        office,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(home), str(source)),
    ]
    try:
        settings = {**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf"), "HOME": str(home)}
        subprocess.run(command, cwd=home, env=settings, capture_output=True, timeout=PDF_SECONDS, check=True)
        return source.with_suffix(".pdf").read_bytes()
    except (subprocess.SubprocessError, OSError):
        log.warning("LibreOffice made no PDF", exc_info=True)
        return None


def _write_fonts(path: Path) -> None:
    """Where the fonts of official documents are not installed, those that stand in for them; at last the theme's."""
    pairs: dict[str, list[str]] = json.loads((FOLDER / "fonts.json").read_text(encoding="utf-8"))
    alias = Markup(
        '<match target="pattern"><test name="family"><string>{}</string></test>'
        '<edit name="family" mode="append" binding="same">{}</edit></match>'
    ).format
    name = Markup("<string>{}</string>").format
    aliases = (alias(old, Markup().join(map(name, (*new, *families())))) for old, new in pairs.items())
    whole = Markup(
        '<?xml version="1.0"?><fontconfig>{}<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>'
    )
    path.write_text(whole.format(Markup().join(aliases)), encoding="utf-8")
