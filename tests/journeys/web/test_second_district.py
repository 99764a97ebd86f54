"""Another district, begun from its folder: every place that says whose this is says it, and nothing of the first."""

from datetime import date

import pytest

from access import entrance
from access.masking import MASK, mask, names
from casework.documents.letterhead import letterhead
from db import references
from db.calendar import calendar_corrections, workdays
from db.scope import EVERY
from db.store import open_store
from db.survey import estimates as stored
from db.system import settings
from insight.glance.leaf_of import leaf_of
from intake import districts
from intake.files.upload import Upload
from intake.indicators.importing import check_indicators
from intake.indicators.terms.given import Supplement
from intake.register.enterprises import check_enterprises
from pages.shared import here
from tests.access.test_routes import ask
from tests.conftest import NOON, create, lent, make_account, make_enterprise, session_of, url_of, words
from tests.db.districts.test_folder import YUNLING
from tests.intake.indicators.test_indicators import CLERK

FIRST = ("柯桥", "Keqiao", "绍兴", "커차오", "平水", "钱清")


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    path = tmp_path_factory.mktemp("yunling") / "store.duckdb"
    create(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORE_URL", url_of(path))
        opened = open_store()
        opened.migrate()
        content, faults = districts.read(YUNLING)
        assert faults == []
        districts.new(opened, content, NOON)
        opened.close()
    return path


@pytest.fixture
def store(begun, tmp_path):
    yield from lent(begun, tmp_path / "store.duckdb")


def seen(path, language, session=None):
    cookies = {here.LANGUAGE_COOKIE: language} | ({here.SESSION_COOKIE: session} if session else {})
    return ask("GET", path, cookies=cookies).text


@pytest.mark.parametrize(("language", "name"), [("zh", "云岭区"), ("en", "Yunling District"), ("ko", "윈링구")])
def test_sign_in_and_the_plain_form_carry_its_name_and_logo_in_its_languages(store, language, name):
    firm = make_enterprise(store, town_code="990203001", sector_code="C153")
    person = entrance.actor_of(make_account(store, "enterprise", None, enterprise_id=firm.id))
    for page in (seen("/sign-in", language), seen("/f/raise", language, session_of(store, person))):
        assert f'<span class="f2f-district">{name}</span>' in page and '<img class="f2f-logo" src="/logo?v=' in page
        assert [word for word in FIRST if word in page] == []
    town = {"zh": "松溪街道", "en": "Songxi", "ko": "쑹시 가도"}[language]
    assert town in seen("/f/raise", language, session_of(store, person))


def test_its_logo_is_served_as_a_picture_that_runs_nothing(store):
    answer = ask("GET", "/logo")
    assert answer.status == 200 and answer.text == (YUNLING / "logo.svg").read_text()
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in answer.headers["content-security-policy"]
    store.write(lambda con: settings.put(con, "logo", ""))
    assert ask("GET", "/logo").status == 404


@pytest.mark.parametrize("path", ["inbox", "dashboard", "outcomes", "references", "enterprises", "surveys", "place"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_house_s_pages_carry_it(store, open_page, path, language):
    role = "admin" if path == "references" else "leader" if path in ("dashboard", "outcomes", "place") else "staff"
    page = open_page(entrance.actor_of(make_account(store, role, None)), path, language=language)
    said = words(page) + " ".join(str(getattr(one, "value", "")) for one in page.main)
    assert not page.exception and {"zh": "云岭区", "en": "Yunling District"}[language] in said
    assert [word for word in FIRST if word in said] == []


def test_comments_lose_the_names_of_its_towns_and_what_is_told_by_its_own(store):
    known = store.read(lambda con: names(*stored.known_names(con), settings.district(con).places))
    assert mask("鹤鸣的路灯坏了", known) == f"{MASK}的路灯坏了"
    assert "茶饼" not in mask("全云岭做茶饼的没有别人", known)
    assert mask("In Yunling Administrative Service Center nobody knew", known).count(MASK) == 0
    assert "锦绣" not in mask("锦绣茶业都知道", names(["云岭锦绣茶业有限公司"], [], (), known.places))


def test_a_bulletin_of_its_own_is_read_as_ours_and_another_s_is_not(store):
    given = Supplement(source="statistics", released="2023-11-20")
    for place, read in (
        ("云岭区", 1),
        ("云江市云岭区", 1),
        ("Yunling District", 1),
        ("霞浦江区", 0),
        ("杭州市西湖区", 0),
    ):
        rows = [f"{place}2023年1-10月主要经济指标|||", "指标|单位|累计", "出口总额|亿元|12.5"]
        table = Upload("表.csv", "\n".join(rows).replace("|", ",").encode())
        found = check_indicators(store, actor=CLERK, upload=table, at=NOON, given=given)
        assert (len(found.read), len(found.refused)) == (read, 1 - read), (place, found)


def test_the_register_takes_its_towns_and_no_other_s(store):
    rows = "企业名称,统一社会信用代码,行业,镇街,规模\n锦绣茶业有限公司,91330601MA200001XU,C153,{},小型\n"
    for town, refused in (("松溪", 0), ("钱清街道", 1)):
        register = Upload("名录.csv", rows.format(town).encode())
        found = check_enterprises(store, actor=CLERK, upload=register, at=NOON)
        assert len(found.refused) == refused, found


def test_letters_the_leaf_and_its_days_are_its_own(store):
    assert store.read(letterhead)["issuer"].startswith("云岭区")
    leaf = store.read(lambda con: leaf_of(con, scope=EVERY, as_of=date(2023, 11, 30), language="zh"))
    assert leaf.district.name_zh == "云岭区"
    towns = store.read(lambda con: references.items(con, "town", active_only=True))
    assert [one.code for one in towns] == ["990203001", "990203102", "990203103"]


def test_its_holiday_moves_a_deadline(begun, monkeypatch):
    monkeypatch.setenv("STORE_URL", url_of(begun))
    calendar_corrections.corrections.cache_clear()
    try:
        assert workdays.due_date(date(2023, 12, 1), 1).day == date(2023, 12, 5)
    finally:
        calendar_corrections.corrections.cache_clear()
