"""A client of one's own speaks Streamlit's protocol to the served product: nothing that it makes up is obeyed."""

import json
import re
import urllib.request
from urllib.error import HTTPError

import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.text_format import MessageToString
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash

from access.actor import Actor
from access.roles import PERMISSIONS
from bench.client import Tab, sign_in, tab
from pages.sitemap import SITE
from pages.web.taken import may_still
from tests.conftest import awaited

pytestmark = pytest.mark.browser  # a running server

CLOSED = "这个页面不对您开放"
AGAIN = "重新打开"  # somebody else opened this page
CHART = ("plotly_chart", "arrow_data_frame", "arrow_table", "table")


def words(look):
    return "".join(MessageToString(element, as_utf8=True) for _, element in look.shown)


def forged(page, key, **value):
    """A value of any shape for any widget, known to the page or not."""
    page.values[key] = WidgetState(id=key, **value)


def end_session(url, cookies):
    """Signed out elsewhere, as an administrator's hand ends it."""
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    asked = urllib.request.Request(f"{url}/sign-out", b"", {"Cookie": said, "Origin": url}, method="POST")
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert answer.status == 200


def test_what_comes_from_a_page_is_taken_only_while_the_page_is_drawn_for_this_person():
    """So also from a fragment of a page whose right was taken away: it runs without the page's own script."""
    as_admin, as_town = Actor("a", "admin", "", town_code="x"), Actor("a", "town", "", town_code="x")
    accounts, start, open_to_all = (calc_hash(path) for path in ("accounts", "start", "verify"))
    assert may_still(as_admin, accounts) and not may_still(as_town, accounts) and not may_still(None, accounts)
    assert all(may_still(one, page) for one in (as_admin, as_town, None) for page in (start, open_to_all, ""))


@pytest.mark.parametrize("role", ["enterprise", "department"])
def test_the_hash_of_a_page_opens_it_for_nobody_who_may_not_see_it(served, role):
    """By its hash alone, from a page of one's own: as Streamlit's navigation asks."""
    others = [row for row in SITE if row.permission not in PERMISSIONS[role] | {"anyone"}]

    async def tried() -> list[str]:
        opened = []
        async with tab(served.url, sign_in(served.url, role)) as page:
            await page.open("welcome")
            for row in others:
                page.page_hash = calc_hash(row.path)
                look = await page.rerun()
                if CLOSED not in words(look) or {kind for kind, _ in look.shown} & set(CHART):
                    opened.append(row.path)
        return opened

    assert len(others) > 20 and awaited(tried()) == []


def test_selections_and_editor_payloads_that_no_page_sent_change_nothing_and_tell_nothing(served):
    chart = json.dumps({"selection": {"points": [{"id": "../admin#1"}, {"id": "x' OR 1=1"}], "box": [], "lasso": []}})
    shapes = [{"string_value": text} for text in (chart, "{", "null", '{"selection": 1}')] + [{"json_value": chart}]
    editor = json.dumps({"edited_rows": {"0": {"role": "admin"}}, "added_rows": [{"login": "x"}], "deleted_rows": [0]})

    async def tried() -> str:
        seen = ""
        async with tab(served.url, sign_in(served.url, "leader")) as page:
            await page.open("dashboard")
            charts = [one.id for one in page.widgets.values() if one.kind == "plotly_chart"]
            for shape in shapes:
                for one in charts[:2]:
                    forged(page, one, **shape)
                forged(page, "$$ID-00-editor", string_value=editor)
                forged(page, "$$ID-00-upload", bytes_value=b"\x80\x04")
                seen += words(await page.rerun())
        return seen

    assert len(awaited(tried()).split("Traceback")) == 1


async def at_the_dialog(page: Tab) -> str:
    """An administrator's page with the dialog of one account open; the dialog's fragment."""
    await page.open("accounts", role="town", text="town")
    (change,) = [key for key in page.widgets if key.startswith("change-")]
    await page.rerun({change: True})
    return page.widgets["edit-save"].fragment


def test_a_fragment_draws_and_does_nothing_once_the_session_has_ended(served):
    cookies = sign_in(served.url, "admin")

    async def tried() -> tuple[str, str]:
        async with tab(served.url, cookies) as page:
            fragment = await at_the_dialog(page)
            before = words(await page.rerun(fragment=fragment))
            end_session(served.url, cookies)
            return before, words(await page.rerun({"edit-turn": True}, fragment=fragment))

    before, after = awaited(tried())
    assert "town" in before
    assert AGAIN in after and "柯桥街道联络员" not in after
    assert sign_in(served.url, "town")  # it was not switched off


def test_the_session_id_of_another_page_brings_nothing_of_theirs(served):
    """Streamlit takes a lost session up again for whoever knows its id."""

    async def tried() -> tuple[str, str]:
        async with tab(served.url, sign_in(served.url, "staff")) as page:
            own = words(await page.open("desk"))
        async with tab(served.url, sign_in(served.url, "enterprise"), session=page.session) as thief:
            thief.page_hash, thief.values = page.page_hash, page.values
            return own, words(await thief.rerun())

    rows = re.compile(r"\$\$ID-\w+-open-")
    own, said = awaited(tried())
    assert rows.search(own) and AGAIN in said and not rows.search(said)


def test_what_a_page_offers_to_be_taken_away_is_sent_to_its_owner_alone(served):
    """An enterprise's own data: signed in as itself; to all others it is not there, nor once it has signed out."""
    own = sign_in(served.url, "enterprise")

    async def tried() -> dict[str, int]:
        async with tab(served.url, own) as page:
            drawn = (await page.open("notices_mine")).shown
            (address,) = [
                f"{served.url}{MessageToDict(one)['url']}" for kind, one in drawn if kind == "download_button"
            ]
            ways = {"nobody": {}, "leader": sign_in(served.url, "leader"), "itself": own}
            found = {who: status(address, cookies) for who, cookies in ways.items()}
            end_session(served.url, own)
            return found | {"signed out": status(address, own)}

    assert awaited(tried()) == {"nobody": 404, "leader": 404, "itself": 200, "signed out": 404}


def status(url, cookies):
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": said}), timeout=30) as answer:
            return answer.status
    except HTTPError as error:
        return error.code
