"""The icons that the pages show, in a font of their own: a twentieth of Streamlit's (docs/decisions/0019).

`python -m pages.web.cut_icons` makes the file anew; a test says when an icon is missing. Its address changes with its
content, so browsers keep it for ever. Streamlit's own rule of this face is left out where we serve its stylesheet.
"""

from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "static/icons.woff2"
FONT = FILE.read_bytes()
ADDRESS = f"/static/media/icons.{sha256(FONT).hexdigest()[:12]}.woff2"
