"""A chart taken away as a picture, with its finding, the meaning of its colours and its source: the browser puts it
together from what it shows, and nothing is sent to the server. The script is ours and fixed (figure_download.js); the
content security policy allows inline scripts, but none from a blob, which is how a component would bring it.
"""

from pathlib import Path

from pages.shared.here import t
from pages.shared.markup import Markup, run_script, show

KINDS = ("png", "svg")
_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def figure_download(chart_key: str, name: str) -> None:
    """PNG and SVG of the chart that is drawn under this key; `name` is the file's, without its ending."""
    button = Markup('<button type="button" value="{}" data-chart="{}" data-name="{!s}">{}</button>')
    buttons = Markup().join(button.format(kind, chart_key, name, t(f"economy.{kind}")) for kind in KINDS)
    show(Markup('<span class="f2f-take">{}</span>').format(buttons), width="content")
    run_script(_SCRIPT)
