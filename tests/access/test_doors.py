"""The doors that were once open, each found in the routes, in the schema or in the code's own text: a new one fails
here until somebody has decided about it. Words in markup: test_markup.py of architecture, test_typed_words.py."""

import ast
import re

import pytest

from access.actor import Actor
from access.throttle import MOST_FROM_ADDRESS
from db import events, sql
from pages.routes import ROUTES
from pages.shared import here
from tests.access.test_authority import address
from tests.access.test_links import links, wall_of_a_forum
from tests.access.test_routes import ask
from tests.conftest import PASSWORD, session_of
from tests.paths import ROOT

# Where a secret of an address is looked up: the way under which a wrong one counts, or why it does not.
SECRETS = {
    "/i/{token:path}": "invitation",
    "/s/{token:path}": "open",
    "/screen-link/{token:path}": "screen",
    "/c/{code:path}": "follow",
    "/reset/{token:path}": "reset",
    "/f/{token}": "invitation",
    "/f/s/{token}": "open",
    "/wall/{token:path}": "wall",
    "/wall/{token}/now": "wall",
    "/arrive/{token:path}": "wall",
}
# Every place that takes a file, and what looks at it before it is kept.
UPLOADS = {
    ("pages/imports/preview.py", "file_uploader"): "intake.files, within limits, in a child of its own",
    ("pages/issue/chosen_files.py", "file_uploader"): "intake.issue.attachments.check_all",
    ("pages/shared/file_field.py", "file_uploader"): "intake.issue.acting: check_all",
    ("pages/letters/template.py", "file_uploader"): "casework.documents: filled once before it is taken",
    ("pages/plain/came_in.py", "UploadFile"): "intake.issue.attachments.check_all",
    ("pages/questionnaires/importing.py", "file_uploader"): "intake.xlsform, intake.wjx",
    ("pages/system/reference_forms.py", "file_uploader"): "intake.town_map",
}
TAKES = {"file_uploader", "UploadFile", "camera_input"}
# Who may ask the connection or a header where somebody comes from: everybody else asks these.
OF_ADDRESSES = {"pages/web/asked.py", "pages/web/who_asks.py"}
_PROXIES = re.compile(r"x-forwarded-for|x-real-ip|remote_ip|\.client\b", re.IGNORECASE)
_CODE = [path for room in ("pages", "access", "intake", "casework", "insight") for path in (ROOT / room).rglob("*.py")]


def secret_routes() -> set[str]:
    return {route.path for route in ROUTES if re.search(r"\{token|\{code:path", route.path)}


def stands(store) -> tuple[object, int]:
    """What is written down, and how many sessions go on."""
    return store.read(events.head), store.read(
        lambda con: sql.scalar(con, "SELECT count(*) FROM session WHERE ended_at IS NULL")
    )


@pytest.mark.parametrize("site", [{"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}], ids=str)
def test_no_route_takes_a_post_of_another_site(demonstration, site):
    staff = demonstration.read(lambda con: sql.scalar(con, "SELECT id FROM account WHERE login = 'staff'"))
    cookies = {here.SESSION_COOKIE: session_of(demonstration, Actor(staff, "staff", ""))}
    before, taken = stands(demonstration), []
    for route in ROUTES:
        if "POST" not in (route.methods or ()):
            continue
        form = {
            "login": "staff",
            "password": PASSWORD,
            "new": "another-password",
            "name": "x",
            "number": "1",
        }
        answer = ask("POST", address(demonstration, route.path), form=form, cookies=cookies, **site)
        if (
            here.SESSION_COOKIE in answer.cookies
            or stands(demonstration) != before
            or (answer.status < 400 and not asks(answer))
        ):
            taken.append((route.path, answer.status))
    assert taken == []


def asks(answer) -> bool:
    """A page with a button of ours, which has done nothing."""
    return answer.status == 200 and 'method="post"' in answer.text


def test_no_get_changes_who_is_here_or_what_stands(store, people):
    opened = [*links(store, people).values(), f"/wall/{wall_of_a_forum(store, people, here.now()).token}"]
    token = session_of(store, people.staff)
    others = ["/sign-out", "/sign-in", "/password", "/language/en", "/f", "/f/case", "/f/cases", "/f/raise"]
    opened += [f"/f{path.removeprefix('/i')}" for path in opened if path.startswith("/i/")]
    opened += [f"/f{path}" for path in opened if path.startswith("/s/")]
    before, changed = stands(store), []
    for path in [*opened, *others]:
        answer = ask("GET", path, cookies={here.SESSION_COOKIE: token}, sec_fetch_site="cross-site")
        if here.SESSION_COOKIE in answer.cookies or stands(store) != before:
            changed.append(path)
    assert changed == []


def test_every_secret_in_an_address_has_its_way_and_every_way_is_tried():
    assert secret_routes() == set(SECRETS)
    tries = {
        node.args[0].value
        for path in _CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Try"
        and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    assert tries - {"password", "code", "oidc"} == set(SECRETS.values())


@pytest.mark.parametrize("path", SECRETS)
def test_a_secret_is_guessed_thirty_times_from_one_address_by_whatever_route(store, path):
    for n in range(MOST_FROM_ADDRESS + 1):
        asked = re.sub(r"\{(token|code)(:path)?\}", f"guess-{n}", path)
        answer = ask("GET", f"{asked}?case=2023-000{n % 9}")
    counted = "SELECT outcome, count(*) FROM sign_in WHERE way = $way GROUP BY 1"
    told = store.read(lambda con: sql.pairs(con, counted, {"way": SECRETS[path]}))
    assert told == {"refused": MOST_FROM_ADDRESS, "throttled": 1}
    assert answer.status in (403, 404, 429)


def test_every_place_that_takes_a_file_is_known():
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in _CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (name := getattr(node, "attr", None) or getattr(node, "id", None)) in TAKES
    }
    assert found == set(UPLOADS)


def test_nobody_else_asks_a_header_where_somebody_comes_from():
    asking = {str(path.relative_to(ROOT)) for path in _CODE if _PROXIES.search(path.read_text(encoding="utf-8"))}
    assert asking - OF_ADDRESSES == set()
