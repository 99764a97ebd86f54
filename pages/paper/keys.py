"""The keys of data entry: Enter goes on to the next box, Backspace in an empty one goes back."""

from pathlib import Path

from pages.shared.markup import run_script

_SCRIPT = (Path(__file__).parent / "keys.js").read_text(encoding="utf-8")


def keys(turn: int) -> None:
    """Our own script, run once a form: `turn` counts them. Without it, Tab does the same."""
    run_script(f"/* form {turn} */\n{_SCRIPT}")
