"""A chart taken away as a picture, with its finding, the meaning of its colours and its source: the browser puts it
together from what it shows, and nothing is sent to the server. The script is figure_download.js.
"""

from pages.shared.here import t
from pages.shared.markup import Markup, run_script, show

KINDS = ("png", "svg")


def figure_download(chart_key: str, name: str) -> None:
    """PNG and SVG of the chart that is drawn under this key; `name` is the file's, without its ending."""
    button = Markup('<button type="button" value="{}" data-chart="{}" data-name="{!s}">{}</button>')
    buttons = Markup().join(button.format(kind, chart_key, name, t(f"economy.{kind}")) for kind in KINDS)
    show(Markup('<span class="f2f-take">{}</span>').format(buttons), width="content")
    run_script("figure_download")
