"""An answer that leaves in two pieces does not wait until the other side has said that it has the first."""

from pathlib import Path


def test_the_server_runs_on_a_loop_that_sends_each_piece_at_once(served):
    """Streamlit takes uvloop where it is there; its own sockets are bound in a way that asyncio lets wait 40 ms."""
    assert "uvloop" in Path(f"/proc/{served.process.pid}/maps").read_text()
