"""What stands before Streamlit's server: its files as small as they can be, its page in the reader's language."""

import gzip
import re
from datetime import timedelta
from string import ascii_lowercase, digits

import brotli
import pytest
from fontTools.ttLib import TTFont
from starlette.responses import PlainTextResponse

from db import clock
from intake.waves import running as waves
from pages.shared import here
from pages.shared.style import APART, EVERYWHERE, SURVEY, address, sheet
from pages.survey.first_words import first_words
from pages.web import icons, scripts
from pages.web.cut_icons import drawn_by, named, whole_font
from pages.web.first_page import FirstPage
from pages.web.middleware import SecurityHeaders
from pages.web.static_files import FOLDER, StaticFiles
from tests.conftest import awaited, session_of
from tests.intake.survey.test_survey import a_form

SCRIPT = next((FOLDER / "js").glob("index.*.js"))
SHEET = next((FOLDER / "css").glob("index.*.css"))
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def answered(app, path, **headers):
    """Status, headers and body of a GET; a header's underscores stand for hyphens."""
    sent, said = [], [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def send(message):
        sent.append(message)

    awaited(app({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": said}, None, send))
    got = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], got, OPENED[got.get("content-encoding", "")](body)


@pytest.fixture
def files():
    own = {icons.ADDRESS: icons.FONT, scripts.ADDRESS: scripts.SCRIPT, **APART}
    return SecurityHeaders(StaticFiles(PlainTextResponse("the server behind"), own=own))


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("", ""), ("br;q=1, gzip", "br")]
)
def test_a_script_comes_as_small_as_the_browser_can_read_it_and_is_kept_for_ever(files, accepted, coding):
    for path, content in ((f"/static/js/{SCRIPT.name}", SCRIPT.read_bytes()), (scripts.ADDRESS, scripts.SCRIPT)):
        status, headers, body = answered(files, path, accept_encoding=accepted)
        assert (status, headers.get("content-encoding", ""), body) == (200, coding, content)
        assert "immutable" in headers["cache-control"] and headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("path", ["/static/js/nothing.js", "/static/../index.html", "/static/", "/static/js"])
def test_what_is_no_file_of_streamlits_is_not_found(files, path):
    assert answered(files, path)[0] == 404


def test_no_page_fetches_a_face_that_our_stack_does_not_name_or_icons_that_nobody_shows(files):
    _, _, sheet = answered(files, f"/static/css/{SHEET.name}", accept_encoding="br")
    _, _, page = answered(FirstPage(files, words={}), "/desk")
    assert b"SourceSans" not in sheet + page and b"MaterialSymbols" not in sheet + page
    assert icons.ADDRESS.encode() in page
    assert answered(files, icons.ADDRESS)[2] == icons.FONT


def test_a_phone_that_answers_fetches_no_icons_before_it_meets_one_and_its_sheets_as_files(files):
    pages = {path: answered(FirstPage(files, words={}), path)[2].decode() for path in ("/survey", "/raise", "/desk")}
    fetched_ahead = {path: f'crossorigin href="{icons.ADDRESS}"' in page for path, page in pages.items()}
    assert fetched_ahead == {"/survey": False, "/raise": False, "/desk": True}
    # Streamlit asks for the face with a blank alone: no letter of an icon's name, so nothing is fetched
    assert all("unicode-range: U+30-39, U+5F, U+61-7A;" in page for page in pages.values())
    assert set("".join(named())) <= set(ascii_lowercase + digits + "_")
    everywhere, survey = (address(name) for name in (EVERYWHERE, SURVEY))
    assert all(f'<link rel="stylesheet" href="{everywhere}"><div id="root">' in page for page in pages.values())
    asked = {path: re.findall(f'rel="(\\w+)" as="style" href="{survey}"', page) for path, page in pages.items()}
    assert asked == {"/survey": ["preload"], "/raise": ["prefetch"], "/desk": []}
    for name in (EVERYWHERE, SURVEY):
        status, headers, body = answered(files, address(name), accept_encoding="br")
        assert (status, headers["content-type"].partition(";")[0]) == (200, "text/css")
        assert body.decode() == sheet(name) and "immutable" in headers["cache-control"]


def test_the_parts_of_a_page_carry_the_headers_that_say_something_of_a_part(files):
    for path in (icons.ADDRESS, scripts.ADDRESS, address(SURVEY), f"/static/js/{SCRIPT.name}"):
        headers = answered(files, path)[1]
        assert headers["content-security-policy"] == "default-src 'self'", path
        assert headers["x-content-type-options"] == "nosniff" and "permissions-policy" not in headers
    assert answered(files, "/static/nothing.svg")[1]["x-frame-options"] == "DENY"


def test_every_icon_that_is_named_is_in_the_font_of_ours():
    """`python -m pages.web.cut_icons` cuts them anew."""
    assert (named() & drawn_by(TTFont(whole_font())).keys()) - drawn_by(TTFont(icons.FILE)).keys() == set()


def test_the_page_of_a_survey_begins_with_who_asks_and_how_long_it_takes_in_the_readers_language(store, people):
    today = clock.day_of(here.now())
    form = a_form(first_day=today, last_day=today + timedelta(days=9))
    waves.open_wave(store, actor=people.staff, wave_id="a-wave", form=form, at=here.now())
    page = FirstPage(PlainTextResponse("the server behind"), words={"survey": first_words})
    asked = {"cookie": f"f2f_session={session_of(store, people.enterprise)}", "accept_encoding": "gzip"}
    chinese, english = (text_of(page, "/survey", **asked, accept_language=said) for said in ("zh-CN", "en-GB"))
    assert "政企面对面工作专班" in chinese and "分钟" in chinese and '<html lang="zh-CN">' in chinese
    assert "The Face to Face programme office" in english and "minutes" in english
    assert not re.search("[\u4e00-\u9fff]{4}", english)
    assert "f2f-first" not in text_of(page, "/desk", **asked)
    assert "f2f-first" not in text_of(page, "/survey", accept_language="en")


def test_what_streamlits_widgets_say_is_told_in_chinese_before_the_first_of_them_is_drawn(files):
    page = FirstPage(files, words={})
    chinese, english = (text_of(page, "/desk", accept_language=said) for said in ("zh-CN", "en-GB"))
    assert "跳到正文" in chinese[: chinese.index('id="root"')] and "streamlit_words" not in english


def test_the_painter_of_charts_comes_at_once_idly_or_never_as_the_page_needs_it(files):
    page = FirstPage(files, words={})
    named = {path: re.findall(r'rel="(\w+)"[^>]*PlotlyChart', text_of(page, f"/{path}")) for path in page.plain}
    assert all(named[path] == ["modulepreload"] for path in ("dashboard", "screen", "outcomes", "results"))
    assert named["desk"] == named["accounts"] == ["prefetch"]
    assert all(not named[path] for path in ("", "start", "survey", "raise", "my_cases", "case", "verify"))


def text_of(app, path, **headers):
    return answered(app, path, **headers)[2].decode()
