"""Markup is `Markup`: its template stands in our source, whatever fills it is escaped once, by itself."""

import ast
import re
from collections.abc import Iterator

import pytest

from pages.web.scripts import NAMED
from tests.architecture.test_house import PACKAGES, ROOT, by_file, imports, sources

OUT = {"pages/shared/markup.py", "pages/shared/style.py", "pages/web/html_page.py"}  # markup leaves the house here
ESCAPERS = {"html", "xml.sax.saxutils", "cgi"}
LEAVES = ("st.html", "HTMLResponse", "st.components")
TAG = re.compile(r"(?<!\?P)</?[a-z][a-z0-9]*[ >/]|[ ^](?:class|style|href|title)=\"")
BARE = re.compile(r" [a-z-]+=\{|<script|<style")  # no quotes around a slot, or where an escape means something else
# The texts of a chart: Plotly reads a few tags in them, `insight.drawing.charts.escaped` takes them from data.
OF_CHARTS = re.compile(r"</?(?:br|extra)>")


# Each runs one .js file of its own beside it. A component would bring it as a blob, which the policy refuses.
def faults(source: str) -> Iterator[str]:
    """What would bring words into markup without an escape, in the text of a module."""
    tree = ast.parse(source)
    made = {id(call.args[0]) for call in _calls(tree) if ast.unparse(call.func) == "Markup" and call.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.startswith(LEAVES) or {word.arg for word in node.keywords} & {"unsafe_allow_html"}:
                yield ast.unparse(node)
            if called.endswith(".substitute"):
                yield ast.unparse(node)  # a file is filled by `filled`
            if called == "Markup" and not all(isinstance(given, ast.Constant) for given in node.args):
                yield ast.unparse(node)  # a template that is put together carries what nobody escaped
            if called == "Markup" and BARE.search(ast.unparse(node)):
                yield ast.unparse(node)
        if isinstance(node, ast.Constant) and str(node.value).startswith("text/html"):
            yield ast.unparse(node)
        if id(node) not in made and any(TAG.search(text) for text in _put_together(node)):
            yield ast.unparse(node)


def _calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _put_together(node: ast.AST) -> list[str]:
    """The texts of an f-string, of `+` and `%`, of `.format` and `.join` that are plain ones."""
    parts: list[ast.AST] = []
    if isinstance(node, ast.JoinedStr):
        parts = list(node.values)
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join"):
        parts = [node.func.value]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return [OF_CHARTS.sub("", text) for text in texts]


def test_words_reach_markup_only_through_its_templates():
    house = [path for path in sources(*PACKAGES) if str(path.relative_to(ROOT)) not in OUT]
    assert by_file(lambda path: list(faults(path.read_text(encoding="utf-8"))), house) == {}
    assert by_file(lambda path: sorted(ESCAPERS & imports(path)), sources(*PACKAGES)) == {}


def test_what_is_announced_stands_around_a_list_or_within_its_line():
    """A list that is an alert is a list no more: a voice says neither how many lines it has nor which one this is."""
    announcing = re.compile(r"<(?:ul|ol|li|dl|table|tr|td)\b[^>]*\brole=\"(?:alert|status)\"")
    drawn = [path for name in PACKAGES for end in ("py", "html", "js") for path in (ROOT / name).rglob(f"*.{end}")]
    assert by_file(lambda path: announcing.findall(path.read_text(encoding="utf-8")), drawn) == {}


@pytest.mark.parametrize(
    "line",
    [
        'st.html(f"<p>{words}</p>")',
        'st.html("<p>" + words)',
        "st.html(words)",
        "st.markdown(words, unsafe_allow_html=True)",
        "HTMLResponse(body)",
        "_PAGE.substitute(title=words)",
        'Response(body, media_type="text/html")',
        'Markup(f"<p>{words}</p>")',
        'Markup("<p>" + words + "</p>")',
        'Markup("<p>{}</p>".format(words))',
        'Markup("<p>%s</p>" % words)',
        "Markup(words)",
        'Markup("<a href={}>").format(words)',
        'Markup("<script>{}</script>").format(words)',
        'show(Markup(f"{words}"))',
        'told = f"<p class=x>{words}</p>"',
        'told = "<li>%s</li>" % words',
        'told = "<li>" + words',
    ],
)
def test_the_rule_finds_what_it_forbids(line: str):
    assert list(faults(line))


def test_the_rule_lets_a_template_be_filled():
    line = 'show(Markup("<p>{}</p>").format(words) + Markup().join(map(Markup("<b>{}</b>").format, all)))'
    assert list(faults(line)) == []


def test_only_scripts_of_ours_run_by_their_name_and_none_stands_in_a_page():
    asked = re.compile(r"\b(?:run|asks)_script\(([^,)]*)")
    pages = [path for path in sources("pages") if str(path.relative_to(ROOT)) not in OUT]
    named = {name.strip('"') for path in pages for name in asked.findall(path.read_text(encoding="utf-8"))}
    assert named == set(NAMED)
    assert by_file(lambda path: re.findall("unsafe_allow_javascript", path.read_text("utf-8")), sources("pages")) == {}
