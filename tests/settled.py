"""When a page has come to rest: what it asked for is answered, and drawn. No time that passes says so."""

from itertools import count

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_ASKED = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number
_BEGUN, _DONE = (ForwardMsg.DESCRIPTOR.fields_by_name[name].number for name in ("new_session", "script_finished"))
_turns = count(1)

# In the page from its start: whether a run that it asked for is still to come or to end. The state that Streamlit
# shows says nothing of what is on its way, and under load that is a while.
# The first run is asked for once the line is open: a page is not at rest before it.
LISTENS = f"""window.f2fRun = "asked"
window.WebSocket = class extends WebSocket {{
  constructor(...given) {{
    super(...given)
    this.addEventListener("message", ({{ data }}) => this.heard(this.fields(data)))
  }}
  send(data) {{
    if (this.fields(data).has({_ASKED})) window.f2fRun = "asked"
    super.send(data)
  }}
  heard(said) {{
    if (said.has({_BEGUN}) && window.f2fRun === "asked") window.f2fRun = "begun"
    const ended = said.has({_DONE}) && said.get({_DONE}) !== {ForwardMsg.FINISHED_EARLY_FOR_RERUN}
    if (ended && window.f2fRun === "begun") delete window.f2fRun
  }}
  fields(data) {{  // of the outermost message: each one's number with its value, or the length of what it holds
    const bytes = new Uint8Array(data), found = new Map()
    let at = 0
    const number = () => {{
      let n = 0, place = 1, byte
      do {{ byte = bytes[at++]; n += (byte & 127) * place; place *= 128 }} while (byte & 128)
      return n
    }}
    while (at < bytes.length) {{
      const tag = number(), value = number()
      found.set(tag >> 3, value)
      if ((tag & 7) === 2) at += value
    }}
    return found
  }}
}}"""

# Many looks in a row, so that nothing that waited in the browser's own queue is left in it. A page that the server
# draws itself has no place for Streamlit's: it is at rest once it is loaded.
_AT_REST = """turn => {
  if (document.readyState === "complete" && !document.querySelector("#root")) return true
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState
  const rests = state === "notRunning" && !window.f2fRun && !document.querySelector("[data-testid=stSkeleton]")
  if (window.f2fRest?.turn !== turn || !rests) window.f2fRest = { turn, looks: 0, since: performance.now() }
  return rests && ++window.f2fRest.looks > 9 && performance.now() - window.f2fRest.since > 150
}"""


def settle(page: Page) -> None:
    """Wait until the runs that were asked for have ended and all that they drew stands there."""
    page.wait_for_function(_AT_REST, arg=next(_turns), timeout=60_000)
