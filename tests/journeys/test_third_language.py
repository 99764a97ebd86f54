"""A third language, added as docs/languages.md says: every page and every route runs in it, and says no other word."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from babel import Locale
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import i18n
from access.actor import Actor
from access.roles import PERMISSIONS, ROLES
from casework.documents import documents
from casework.forum_day import forum_wall
from db import sql
from db.store import Store
from pages.shared import here
from pages.sitemap import SITE
from tests import pseudo
from tests.access.test_routes import ask
from tests.conftest import person_of, session_of
from tests.paths import ROOT

SPOKEN = ("aria-label", "aria-description", "title", "alt", "placeholder")
SAID = ("text", "name", "hovertemplate", "hovertext", "ticktext", "customdata", "title")  # of a chart's drawing
# Fields of Streamlit's elements that hold no word.
SILENT = {
    "id", "form_id", "icon", "url", "hash", "element_id", "key", "page_script_hash", "icon_position", "format",
    "accept", "type", "mime_type", "lang", "shortcut", "autocomplete", "query_string", "anchor", "url_pathname", "page",
    "config", "columns",
}  # fmt: skip
# A word, and several of them one after another. What has digits in it, or only a to f, is a key or a digest.
LATIN, HAN = r"(?<![0-9A-Za-z])(?![a-f]+(?![A-Za-z]))[A-Za-z]{2,}(?![0-9A-Za-z])", "[\u3400-\u9fff]+"
WORD = re.compile(f"{LATIN}|{HAN}")
PHRASE = re.compile(rf"{LATIN}(?:[ '’-]+{LATIN})*|{HAN}")
WORDS = re.compile("|".join(rf"{word}(?:(?:[^\w\n|·]|\d)*{word})*" for word in (LATIN, HAN)))
# Who opens which page at which of its records: the names of the address's parts, and their values.
RECORDS = (
    ("staff", "desk", ("case",), "SELECT min(id) FROM cases GROUP BY state"),
    ("department", "desk", ("case",), "SELECT min(id) FROM cases WHERE lead_body = 'economy_it' GROUP BY state"),
    ("staff", "today", ("case",), "SELECT min(id) FROM cases WHERE state = 'dispatched'"),
    ("staff", "promises", ("case",), "SELECT min(id) FROM cases WHERE promised_on IS NOT NULL"),
    ("staff", "plans", ("plan",), "SELECT min(id) FROM case_plan GROUP BY state"),
    ("staff", "meetings", ("meeting",), "SELECT min(id) FROM meeting GROUP BY kind"),
    ("staff", "forums", ("forum",), "SELECT min(id) FROM forum GROUP BY state"),
    ("staff", "forum_day", ("forum", "view"), "SELECT min(id), v FROM forum, unnest(['table', 'end', 'agenda']) t(v) "
                                              "WHERE state = 'planned' GROUP BY v"),
    ("staff", "policies", ("policy",), "SELECT min(id) FROM policy"),
    ("staff", "guides", ("guidance",), "SELECT min(id) FROM guidance GROUP BY policy_id IS NULL"),
    ("staff", "surveys", ("wave",), "SELECT id FROM wave"),
    ("staff", "results", ("wave",), "SELECT min(id) FROM wave"),
    ("staff", "questionnaires", ("q", "v"), "SELECT code, version FROM questionnaire"),
    ("staff", "story", ("id",), "SELECT min(enterprise_id) FROM cases"),
    ("admin", "references", ("list",), "SELECT DISTINCT list FROM reference_item"),
    ("enterprise", "case", ("id",), "SELECT min(id) FROM cases GROUP BY state"),
    ("enterprise", "survey", ("step",), "SELECT range + 1 FROM range(7)"),
)  # fmt: skip
COLOUR = re.compile(r":(gray|red|green|blue|orange|small)\[")  # of Markdown
LISTS = {"references"}  # of names in every language
TABLES = (
    "cases.csv",
    "economy.csv?i=industrial_output",
    "figure/issues.csv",
    "promises.csv",
    "plans.csv",
    "meetings.csv",
)


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    i18n.add(pseudo.write(tmp_path_factory.mktemp("languages")))
    yield pseudo.CODE
    pseudo.forget()


class Words(HTMLParser):
    """What is read of our markup: texts, and the attributes that are read out; not what says that it is in another
    language."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = "foreign" if tag != "html" and dict(attrs).get("lang", "qps") != "qps" else tag
        self.found += [value or "" for name, value in attrs if name in SPOKEN]
        assert not [value for _, value in attrs if "<span" in (value or "")], f"markup inside an attribute of {tag}"

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in ("style", "script", "foreign"):
            self.found.append(data)


def shown(page: AppTest) -> Iterator[str]:
    """Every text of the page, of whatever element."""
    assert not page.exception, [e.value for e in page.exception]
    for node in page._tree:
        if getattr(node, "proto", None) is not None:
            yield from said_by(node.proto)


def said_by(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name not in SILENT:
            for one in [value] if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__") else value:
                if hasattr(one, "ListFields"):
                    yield from said_by(one)
                elif isinstance(one, str):
                    yield from drawn(json.loads(one)) if field.name == "spec" else Words(COLOUR.sub("[", one)).found


def drawn(spec: Any, name: str = "") -> Iterator[str]:
    """The words of a chart."""
    if isinstance(spec, dict):
        for key, inner in spec.items():
            if key != "template":
                yield from drawn(inner, key if key in SAID or not isinstance(inner, str) else "")
    elif isinstance(spec, list):
        for inner in spec:
            yield from drawn(inner, name)
    elif isinstance(spec, str) and name in SAID:
        yield from Words(re.sub(r"%\{[^}]*\}", "", spec)).found


class Data:
    """What people typed and what records are called; `knows` whether words can be theirs."""

    def __init__(self, con: sql.Connection) -> None:
        self.whole = {i18n.text("letter.doc.code", i18n.MAIN), "https"}  # the number of an official paper, an address
        self.whole.update(re.findall(r"\w+", str(documents.FIELDS)))  # names in a template
        english: set[str] = set()  # names that a third language's reader is not shown
        columns = """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema()
              AND upper(data_type) IN ('VARCHAR', 'VARCHAR[]', 'CHARACTER VARYING', 'ARRAY')
            """
        for one in sql.rows(con, columns):
            found = sql.column(con, f'SELECT DISTINCT "{one["column_name"]}" FROM "{one["table_name"]}"')  # noqa: S608
            put({one["column_name"]: found}, self.whole, english)
        self.whole.update(
            sql.column(con, "SELECT DISTINCT substr(name, 1, 1) FROM account")
        )  # on a phone a person is a letter
        for path in (ROOT / "db/reference").glob("*.csv"):
            put(list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())), self.whole, english)
        self.text, self.english = ("\n".join(filter(worded, texts)) for texts in (self.whole, english))
        self.ours = {text for entry in i18n.catalogue().values() if isinstance(text := entry[i18n.MAIN], str)}
        self.known: dict[str, bool] = {}

    def knows(self, words: str) -> bool:
        """A word of ours in the main language is data only where it is the whole of one."""
        if words not in self.known:
            self.known[words] = words in self.text and (words in self.whole or words not in self.ours)
        return self.known[words]


def worded(text: str) -> bool:
    """Whether it is more than a key or a number."""
    return bool(WORD.search(text)) and not re.fullmatch(r"[0-9A-Fa-f:./-]+", text)


def put(value: Any, texts: set[str], english: set[str]) -> None:
    """The texts of a record, which may hold JSON, into the one or the other."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        with suppress(ValueError):
            value = json.loads(value)
    if isinstance(value, dict):
        for name, inner in value.items():
            put(inner, english if name == "en" or name.endswith("_en") else texts, english)
    elif isinstance(value, list):
        for inner in value:
            put(inner, texts, english)
    elif isinstance(value, str):
        texts.add(value)


@pytest.fixture(scope="module")
def calendar() -> set[str]:
    """Months, days and countries as the language's own locale says them, and what languages call themselves."""
    locale = Locale.parse("pl")
    said = [*locale.territories.values(), *(one.own_name for one in i18n.LANGUAGES.values())]
    for names in (locale.months, locale.days):
        said += [name for form in names.values() for width in form.values() for name in width.values()]
    return {word for name in said for word in WORD.findall(name)}


def strange(texts: Iterable[str], data: Data, calendar: set[str]) -> set[str]:
    """The words that are neither of the third language nor data."""
    others = {text for text in texts if text.strip() not in data.whole}
    runs = {run for text in others for run in WORDS.findall(text) if not data.knows(run)}
    phrases = {phrase for run in runs for phrase in PHRASE.findall(run) if not data.knows(phrase)}
    return {phrase for phrase in phrases if not calendar.issuperset(WORD.findall(phrase))}


def told(found: dict[str, set[str]]) -> str:
    return "\n".join(f"{where}: {sorted(words)}" for where, words in found.items() if words)


@pytest.fixture
def opened(language, demonstration, monkeypatch):
    """opened(login) → visit(path, **query) → the page as this account's browser gets it."""

    def enter(login: str) -> Callable[..., AppTest]:
        actor = person_of(demonstration, login)
        cookies = {here.LANGUAGE_COOKIE: language, here.SESSION_COOKIE: session_of(demonstration, actor)}
        browser = SimpleNamespace(cookies=cookies, headers={}, remote_ip="127.0.0.1")
        monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: browser)
        page = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60)

        def visit(path: str, **query: str) -> AppTest:
            page.query_params.clear()
            page._page_hash = calc_hash(path)
            page.query_params.update(query)
            return page.run()

        return visit

    return enter


def visits(con: sql.Connection, role: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page that a role may see, and its records."""
    for row in SITE:
        if row.permission == "anyone" or row.permission in PERMISSIONS[role]:
            yield row.path, {}
    for who, path, names, statement in RECORDS:
        if who == role:
            for values in con.execute(statement).fetchall():
                yield path, dict(zip(names, map(str, values), strict=True))


def test_a_word_of_another_language_is_seen(language, demonstration, calendar):
    data = demonstration.read(Data)
    assert strange([i18n.text("header.sign_in", language), "2023", "paź 2023"], data, calendar) == set()
    assert strange([i18n.text("denied.title", "zh")], data, calendar) and strange(["Sign out"], data, calendar)


def test_every_page_says_no_word_of_another_language(opened, demonstration, calendar):
    data, found = demonstration.read(Data), {}
    for role in ROLES:  # the demo accounts are named so
        visit = opened(role)
        for path, query in demonstration.read(lambda con, role=role: list(visits(con, role))):
            words = strange(shown(visit(path, **query)), data, calendar)
            found[f"{role}: {path} {query}"] = {word for word in words if path not in LISTS or word not in data.english}
    assert not told(found), told(found)


def public(store: Store, staff: Actor) -> list[str]:
    """Addresses that nobody needs an account for: links that open, and guesses that do not."""
    forum = store.read(lambda con: sql.scalar(con, "SELECT max(id) FROM forum WHERE state = 'planned'"))
    token = forum_wall.hang(store, actor=staff, forum_id=forum, at=here.now()).token
    kinds = ("i", "screen-link", "s", "c", "wall", "arrive", "published", "attachments")
    return ["/sign-in", "/published", f"/wall/{token}", f"/arrive/{token}", *(f"/{kind}/guessed" for kind in kinds)]


def test_every_route_says_no_word_of_another_language(language, demonstration, calendar):
    data, found, cookies = demonstration.read(Data), {}, {here.LANGUAGE_COOKIE: language}
    staff = person_of(demonstration, "staff")
    for path in public(demonstration, staff):
        found[path] = strange(Words(ask("GET", path, cookies=cookies).text).found, data, calendar)
    cookies[here.SESSION_COOKIE] = session_of(demonstration, staff)
    for path in ("/sign-out", "/i/guessed"):
        found[path] = strange(Words(ask("GET", path, cookies=cookies).text).found, data, calendar)
    for name in TABLES:
        answer = ask("GET", f"/export/{name}", cookies=cookies)
        assert answer.headers["content-type"].startswith("text/csv")
        cells = [cell for row in csv.reader(answer.text.splitlines()) for cell in row]
        found[name] = strange(cells, data, calendar)
    assert not told(found), told(found)
