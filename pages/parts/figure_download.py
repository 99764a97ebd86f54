"""A chart taken away as a picture: the browser draws it itself, with Plotly's own export.

Our buttons press the one in Plotly's mode bar, which is not shown otherwise, after telling it the format. Nothing is
sent to the server. The script is ours and fixed; the content security policy allows inline scripts, but none from a
blob, which is how a component would bring it.
"""

from html import escape

import streamlit as st

from pages.parts.here import t

KINDS = ("png", "svg")
_SCRIPT = """<script>
if (!window.f2fTakesFigures) {
  window.f2fTakesFigures = true
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".f2f-take button")
    if (!button) return
    const plot = document.querySelector(`.st-key-${CSS.escape(button.dataset.chart)} .js-plotly-plot`)
    const press = plot && plot.querySelector(".modebar-btn")
    if (!press) return
    plot._context.toImageButtonOptions = { format: button.value, filename: button.dataset.name, scale: 2 }
    press.click()
  })
}
</script>"""


def figure_download(chart_key: str, name: str) -> None:
    """PNG and SVG of the chart that is drawn under this key; `name` is the file's, without its ending."""
    buttons = "".join(
        f'<button type="button" value="{kind}" data-chart="{escape(chart_key)}" data-name="{escape(name)}">'
        f"{escape(t(f'economy.{kind}'))}</button>"
        for kind in KINDS
    )
    st.html(f'<span class="f2f-take">{buttons}</span>{_SCRIPT}', width="content", unsafe_allow_javascript=True)
