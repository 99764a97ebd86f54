"""Words that a person typed are drawn as letters: on every page no picture, link, formula or sign comes of them."""

# ruff: noqa: S608 - the statements are put together from this file and the names of the schema

import shutil
from urllib.parse import urlencode

import pytest
from google.protobuf.json_format import MessageToDict

from db import sql
from db.store import open_store
from pages.sitemap import SITE
from tests.conftest import enter, serving, settle

PAYLOAD = (
    "![i](http://evil.example/i.png) [l](http://evil.example) <b>h</b> $x^2$ :material/home: ~~s~~ "
    "www.evil.example a@evil.example :smile: # t"
)
# Every column of text is one or the other: what a person types, or what only our own code writes.
WORDS = """
name name_zh name_en title title_zh title_en text words note goal outcome summary reason basis document_no
topic people chair minutes place place_zh place_en theme_zh theme_en speaker person_name organisation office
answer_text answer_translated words_translated translated answered_by delay_reason zh en contact_name value last_error
source audience_zh audience_en text_zh text_en said
"""
TYPED = frozenset(WORDS.split())
CODE_WORDS = """
about actor_role address answers area asked browser category channel channel_url chart choice chosen co code
contact_phone
corrects country decided_role design digest dimension due_rule felt form format geography growth_basis hash
headings host_body host_office host_person id item kept_as key kind language lead_body list login mark media_type
locator members merged_into number on_spot owner parent part price_basis proposal rating reasons role scope scores
sealed secret seed series sha256 side size state status stratum subject successor suggested template token unit uscc way
week weights what
"""
CODES, OF_CODES = frozenset([*CODE_WORDS.split(), "desk"]), ("_id", "_code", "_hash", "_by", "_kind", "_key")
JSON = {("event", "detail"), ("questionnaire", "content"), ("letter", "content"), ("outbox", "params"),
        ("inbox", "params"), ("published_result", "content"), ("draft", "content"), ("ballot", "content"),
        ("own_copy", "content"), ("citation", "content"), ("hotline_line", "said")}  # fmt: skip
# Of these tables a word of that name is a code or a path of our own.
CODED = {("migration", "name"), ("setting", "name"), ("indicator", "source"), ("response", "source"),
         ("participation", "source"),
         ("screen_link", "place"), ("visit", "place"), ("sign_in", "name"), ("indicator_name", "name"),
         ("indicator_name", "source"),
         ("follow_up", "outcome"), ("sign_in", "outcome")}  # fmt: skip
TYPED_HERE = {("visit", "about")}  # and a code everywhere else
IN_JSON = "zh|en|note|reason|text|translated|answer_text|title|words|summary|goal|outcome|speaker|enterprise|lead|body"
LIVE = ("![i](", ":material/home", "://evil", "$x^2$", "~~s~~")
READ = {"label", "body", "help", "captions", "title", "content"}  # what Streamlit reads as Markdown


# What the browser's test looks at: a page of each kind of drawing.
SEEN = {
    "staff": ("forums", "desk", "plans", "policies", "next_theme", "letters", "forum_day"),
    "enterprise": ("home", "my_cases", "raise"),
}


def _columns(con):
    statement = """
        SELECT table_name AS t, column_name AS c FROM information_schema.columns
        WHERE upper(data_type) IN ('VARCHAR', 'CHARACTER VARYING') AND table_schema = current_schema()"""
    return [(row["t"], row["c"]) for row in sql.rows(con, statement)]


def poison(con):
    """Put the payload behind every typed word there is."""
    for table, column in _columns(con):
        said = {"payload": f" {PAYLOAD}"}
        if (table, column) in JSON:
            pattern = f'"({IN_JSON})": ?"'
            sql.run(con, f"UPDATE {table} SET {column} = regexp_replace({column}, $pattern, $into, 'g')",
                    {"pattern": pattern, "into": f'"\\1":"{PAYLOAD} '})  # fmt: skip
        elif (table, column) in TYPED_HERE or (column in TYPED and (table, column) not in CODED):
            whole = " AND substr(value, 1, 1) NOT IN ('{', '[')" if table == "setting" else ""  # some are JSON
            sql.run(con, f"UPDATE {table} SET {column} = {column} || $payload WHERE {column} <> ''{whole}", said)


@pytest.fixture
def poisoned(demonstration):
    demonstration.write(poison)
    return demonstration


def drawn(node):
    """(element, field, words) of all that a page shows, blocks and their labels too."""
    proto = getattr(node, "proto", None)
    if proto is not None and hasattr(proto, "DESCRIPTOR"):
        yield from _strings(node.type, MessageToDict(proto))
    for child in getattr(node, "children", {}).values():
        yield from drawn(child)


def _strings(kind, part, field=""):
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from _strings(kind, inner, name)
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(kind, inner, field)
    elif isinstance(part, str):
        yield kind, field, part


def read_as_markdown(kind, field):
    if kind in ("text", "html", "code", "plotly_chart", "arrow_data_frame"):
        return False
    return field in READ or (field == "options" and kind in ("radio", "button_group"))


def faults(page):
    """Where a payload would be interpreted, and where its escapes would be seen."""
    found = {(kind, field, said): read_as_markdown(kind, field) for kind, field, said in drawn(page._tree)}
    return [
        (kind, field, said[:90])
        for (kind, field, said), read in found.items()
        if (read and any(sign in said for sign in LIVE))
        or (not read and "\\!\\[i" in said)
        or (kind == "html" and "<b>h</b>" in said)
    ]


def addresses(con):
    """Every page of the sitemap, and one record of each kind opened."""
    one = {
        ("plans", "plan"): "SELECT id FROM case_plan ORDER BY state, id LIMIT 1",
        ("desk", "case"): "SELECT case_id FROM case_plan ORDER BY case_id LIMIT 1",
        ("meetings", "meeting"): "SELECT meeting_id FROM meeting_decision ORDER BY meeting_id LIMIT 1",
        ("policies", "policy"): "SELECT policy_id FROM policy_case ORDER BY policy_id LIMIT 1",
        ("guides", "guidance"): "SELECT min(id) FROM guidance",
        ("guides", "change"): "SELECT min(id) FROM guidance",
        ("forums", "forum"): "SELECT forum_id FROM agenda_item LIMIT 1",
        ("forum_day", "forum"): "SELECT forum_id FROM agenda_item LIMIT 1",
        ("story", "enterprise"): "SELECT enterprise_id FROM cases ORDER BY id LIMIT 1",
        ("surveys", "wave"): "SELECT id FROM wave ORDER BY opens_at DESC LIMIT 1",
        ("case", "id"): "SELECT id FROM cases WHERE enterprise_id = (SELECT enterprise_id FROM account "
                        "WHERE login = 'enterprise') ORDER BY state LIMIT 1",
    }  # fmt: skip
    yield from ((row.path, {}) for row in SITE)
    for (path, name), statement in one.items():
        found = sql.one(con, statement)
        if found:
            yield path, {name: next(iter(found.values()))}
    yield "questionnaires", {"q": "satisfaction", "v": "1"}
    yield from (("references", {"list": name}) for name in ("body", "sector", "category"))
    yield from (("plans", {"view": view}) for view in ("candidates", "green"))


@pytest.mark.parametrize("login", ["admin", "staff", "leader", "enterprise"])
def test_typed_words_are_letters_on_every_page(open_demo, poisoned, login):
    found = []
    for path, query in poisoned.read(lambda con: list(addresses(con))):
        page = open_demo(login, path, **query)
        assert not page.exception, (path, query, [e.value for e in page.exception])
        found += [(path, *query, *fault) for fault in sorted(faults(page))]
    assert not found, "\n".join(map(str, found))


def test_every_column_of_text_is_known_as_typed_or_as_a_code(store):
    """A new column is put on one of the two lists, or this fails."""
    unknown = {
        (table, column)
        for table, column in store.read(_columns)
        if column not in TYPED | CODES and not column.endswith(OF_CODES) and (table, column) not in JSON
    }
    assert unknown == set()


@pytest.mark.browser
def test_in_a_browser_typed_words_fetch_nothing_and_draw_no_picture(chromium, demo_file, tmp_path):
    url = f"duckdb:{shutil.copy(demo_file, tmp_path / 'store.duckdb')}"
    opened = open_store(url)
    opened.write(poison)
    asked = opened.read(lambda con: list(addresses(con)))
    opened.close()
    with serving(url) as product:
        for login, seen in SEEN.items():
            context = chromium.new_context(locale="zh-CN")
            enter(context, product.url, login)
            page = context.new_page()
            asked_for = []
            page.on("request", lambda request, asked_for=asked_for: asked_for.append(request.url))
            for name, query in asked:
                if name in seen:
                    page.goto(f"{product.url}/{name}?{urlencode(query)}")
                    settle(page)
                    assert "evil.example" in page.inner_text("body"), name
                    for made in (
                        "img[src*='evil']",
                        "a[href*='//evil'], a[href^='mailto']",
                        ".katex",
                        "[data-testid=stMain] del",
                        "[aria-label='home icon']",
                    ):
                        assert page.locator(made).count() == 0, (name, made)
            assert [url for url in asked_for if not url.startswith((product.url, "data:", "blob:"))] == []
            context.close()
