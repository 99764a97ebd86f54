"""What most will look at, computed before anybody asks: the whole district, today, in the languages and schemes in use.

At the start and after every change. Until it is there, pages show the records as they were before the change.
"""

from importlib import import_module
from pathlib import Path

from streamlit import delta_generator, runtime

from db.figures.figures import EVERYTHING, moved_at
from db.scope import ALL
from db.system import settings
from pages.figures import live_charts, live_economy, live_others, live_view
from pages.figures.live_view import View
from pages.shared.here import kept
from pages.sitemap import SITE
from pages.web.followers import AsOf


def prepared() -> AsOf:
    """The newest records and the day, when what is shown of them is ready."""
    newest = live_view.newest()
    try:
        for language, dark in live_view.looks():
            _prepare(View(newest.figures, ALL, EVERYTHING, newest.day, language, dark))
        for said_everywhere in (settings.district, moved_at):
            kept(said_everywhere)
    finally:  # what could not be computed fails where it is looked at, and nowhere else
        live_view.show(newest)
    return newest


def read_modules() -> None:
    """What pages are made of is read before the first request, and their own scripts compiled: two hundred who open one
    at once would wait for it together."""
    for of_icons in ("streamlit.emojis", "streamlit.material_icon_names"):  # very long ones, at the first icon
        import_module(of_icons)
    delta_generator._use_warning_has_been_displayed = True  # it looks through every module for a REPL, once
    root = Path(__file__).parents[1]
    scripts = {"main.py", *(row.file for row in SITE)}
    for path in sorted(root.glob("*/**/*.py")):
        if str(path.relative_to(root)) not in scripts:
            import_module(".".join(path.relative_to(root.parent).with_suffix("").parts))
    if runtime.exists():
        for script in sorted(scripts):
            runtime.get_instance()._script_cache.get_bytecode(str(root / script))


def _prepare(view: View) -> None:
    for room in ("desk", "phone", "wall"):
        live_charts.glance(view, room)
    live_charts.case_charts_of(view)
    live_charts.mood_chart_of(view)
    for room in ("sheet", "phone"):
        live_economy.overview(view, room)
    for first in live_others.economy_of(view.as_of)[:1]:
        live_economy.economy_of(view, first.code, live_economy.YEARS[0])
        live_economy.together_of(view, first.code)
