"""Where the tree stands, and the shared data that may stand beside it; however deep a test's folder is."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
