"""Our scripts in Streamlit's pages, as one file that browsers keep: no page has one in itself, no policy allows it."""

from hashlib import sha256
from pathlib import Path

_PAGES = Path(__file__).resolve().parents[1]
_APART = {"first_charts", "plain", "scripts"}  # in the first page itself, in pages without Streamlit, and who runs all
NAMED = {file.stem: file for file in sorted(_PAGES.glob("*/*.js")) if file.stem not in _APART}


def _whole() -> str:
    parts = [f"{name}: (told) => {{\n{file.read_text(encoding='utf-8')}\n}}" for name, file in NAMED.items()]
    runner = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return "\n".join(["const f2fScripts = {", ",\n".join(parts), "};", runner])


SCRIPT = _whole().encode()
ADDRESS = f"/static/js/f2f.{sha256(SCRIPT).hexdigest()[:12]}.js"
