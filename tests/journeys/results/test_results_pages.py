"""The results page and its files as staff and leaders use them; the public page; nobody else gets an answer."""

import ast
import io
import json
import re
from datetime import date, timedelta
from uuid import uuid4

import pandas as pd
import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from starlette.requests import Request

from access.masking import MASK
from db import clock, sql
from insight.survey.publishing import publish_results, withdraw_results
from pages.results.published_page import published_page
from pages.results.routes import published_file, results_file
from pages.routes import ROUTES
from pages.shared.here import LANGUAGE_COOKIE, SESSION_COOKIE, now
from pages.sitemap import SITE
from tests.conftest import session_of, words
from tests.insight.survey.test_questions import asked_wave
from tests.insight.survey.test_results import CORE, OPENS, answers
from tests.insight.world import add_answers, add_policy, add_wave
from tests.paths import ROOT

HERE, THERE, ELSEWHERE = "330603001", "330603011", "330603105"


@pytest.fixture
def wave_id(store):
    made = add_wave(store, 1, OPENS)
    add_answers(store, made, "2023-11-02", answers(30), town=HERE)
    add_answers(store, made, "2023-11-03", answers(14, level=100.0, O5="检查太多，电话13800005678"), town=THERE)
    add_answers(store, made, "2023-11-03", answers(4), town=ELSEWHERE)
    return made


def asked(store, actor, path, language="zh", **params):
    cookie = f"{LANGUAGE_COOKIE}={language}" + (f"; {SESSION_COOKIE}={session_of(store, actor)}" if actor else "")
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"cookie", cookie.encode())]}
    return Request({**scope, "path_params": params, "query_string": b""})


@pytest.mark.parametrize("who", ["staff", "leader"])
def test_the_page_says_the_index_and_hides_what_is_small(store, people, open_page, wave_id, who):
    shown = words(open_page(getattr(people, who), "results"))
    assert "满意度指数为" in shown and "区间重叠" in shown
    assert "330603105" not in shown and "另有 2 组不显示" in shown
    assert ("向社会公布" in shown) == (who == "staff")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_doubtful_answers_are_listed_for_staff_by_a_number_of_that_list_alone(store, people, open_page, language):
    wave_id = add_wave(store, 1, OPENS)
    add_answers(store, wave_id, "2023-11-02", answers(40), town=HERE)
    same = [dict.fromkeys(CORE, float(value)) for value in (0, 25, 100) for _ in range(4)]
    add_answers(store, wave_id, "2023-11-03", same, town=THERE, firms=[people.firm.id] + ["f" * 8] * 11)
    page = open_page(people.staff, "results", language=language)
    [listed] = [frame.value for frame in page.dataframe if len(frame.value) == 12]
    assert [int(n) for n in listed.iloc[:, 0]] == [*range(1, 13)]
    assert set(listed.iloc[:, 1]) == {"全部同一选项" if language == "zh" else "All the same answer"}
    assert len({*listed.iloc[:, 2]}) == 1, "the evidence is how many were answered, never what"
    whole = words(page)
    names = store.read(lambda con: sql.column(con, """
        SELECT unnest(ARRAY[id, enterprise_id, CAST(number AS VARCHAR)]) FROM participation
        UNION ALL SELECT id FROM response
        """))  # fmt: skip
    assert len(names) > 150 and not [name for name in names if name in whole] and people.firm.name_zh not in whole
    assert not [f for f in open_page(people.leader, "results", language=language).dataframe if len(f.value) == 12]


def test_comments_are_shown_masked_when_a_word_is_opened(store, people, open_page, wave_id):
    page = open_page(people.leader, "results")
    pills = next(group for group in page.main if getattr(group, "key", None) == "word")
    shown = words(pills.set_value("检查").run())
    assert f"检查太多，电话{MASK}" in shown and "13800005678" not in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_questionnaire_without_an_index_has_results_on_the_page_in_files_and_in_public(
    store, people, open_page, language
):
    wave = asked_wave(store, 80)
    page = open_page(people.leader, "results", language=language)
    shown = words(page)
    assert ("问STAFF" if language == "zh" else "Asked STAFF") in shown and len(page.get("plotly_chart")) > 5
    told = bytes(results_file(asked(store, people.leader, "/", language, number="1", kind="csv")).body).decode()
    assert ("中位数" if language == "zh" else "Median") in told and "2023-03" in told
    made = pd.read_parquet(io.BytesIO(results_file(asked(store, people.leader, "/", number="1", kind="parquet")).body))
    assert set(made[made["table"] == "question"]["figure"]) >= {"ONE", "MANY", "STAFF", "WHEN", "TABLE.r"}
    publish_results(store, actor=people.staff, form_id="own", wave_id=wave.id, parts=["questions"], at=now())
    public = bytes(published_page(asked(store, None, "/published", language, number="1")).body).decode()
    assert ("选a" if language == "zh" else "Choice a") in public and "2023-11" in public
    share, number = ("占被问企业", "取两位有效数字") if language == "zh" else ("Share of those asked", "To two digits")
    under = {code: public.partition(f"{'问' if language == 'zh' else 'Asked '}{code}<")[2].partition("<h3")[0]
             for code in ("ONE", "STAFF")}  # fmt: skip
    assert share in under["ONE"] and number not in under["ONE"]
    assert number in under["STAFF"] and share not in under["STAFF"], "a mean is no share"


def yesterday() -> str:
    """A wave opens at noon: today's is not open in the morning."""
    return (clock.day_of(now()) - timedelta(days=1)).isoformat()


def test_an_open_wave_shows_no_result(store, people, open_page):
    opened = yesterday()
    add_answers(store, add_wave(store, 1, opened), opened, answers(40))
    shown = words(open_page(people.leader, "results"))
    assert "还没有结束的调查" in shown and "满意度指数为" not in shown
    assert results_file(asked(store, people.leader, "/", number="1", kind="csv")).status_code == 404


def test_few_answers_show_how_many_came_and_nothing_else(store, people, open_page):
    add_answers(store, add_wave(store, 1, OPENS), "2023-11-02", answers(8))
    shown = words(open_page(people.leader, "results"))
    assert "答卷不足10份" in shown and "答卷 8 份" in shown
    assert "满意度指数" not in shown and "各领域" not in shown


def test_a_wave_that_is_open_is_named_above_the_results(store, people, open_page, wave_id):
    opened = yesterday()
    add_answers(store, add_wave(store, 2, opened), opened, answers(40))
    shown = words(open_page(people.leader, "results"))
    assert "第2期正在进行" in shown and "首期，无上期可比" in shown


def test_too_few_to_tell_what_matters_says_so(store, people, open_page):
    add_answers(store, add_wave(store, 1, OPENS), "2023-11-02", answers(20, O1=75.0))
    shown = words(open_page(people.leader, "results"))
    assert "推不出各领域的重要性" in shown and "没有影响大" not in shown
    assert "只有一组可以显示" in shown


def test_what_was_announced_since_the_wave_before_is_listed(store, people, open_page, wave_id):
    add_answers(store, add_wave(store, 2, "2024-02-01"), "2024-02-03", answers(20))
    add_policy(store, 5, "2023-10-01")
    add_policy(store, 6, "2024-01-15")
    shown = words(open_page(people.leader, "results"))
    assert "上期结束以来发布的事项（1）" in shown
    assert "2024年1月15日　第6项政策" in shown and "第5项政策" not in shown


def test_files_say_what_the_page_says_with_the_method(store, people, wave_id):
    def taken(kind):
        answer = results_file(asked(store, people.leader, f"/results/1.{kind}", number="1", kind=kind))
        assert answer.status_code == 200
        return answer.body

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(taken("xlsx")))
    assert workbook.sheet_names == ["结果", "回收", "方法"]
    assert any("泰勒线性化" in str(row[0]) for row in workbook.get_sheet_by_name("方法").to_python())
    frame = pd.read_parquet(io.BytesIO(taken("parquet")))
    towns = frame[(frame["table"] == "town") & (frame["figure"] == "index")]
    assert towns["group"].tolist() == [HERE] and (frame.loc[frame["value"].notna(), "n"] >= 10).all()
    assert "满意度指数" in bytes(taken("csv")).decode("utf-8-sig")
    said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(taken("docx"))).paragraphs)
    assert "满意度指数为" in said and "科恩–格劳巴德区间" in said


def test_the_public_page_shows_what_was_published_until_it_is_withdrawn(store, people, wave_id):
    def seen(language="zh"):
        return published_page(asked(store, None, "/published/1", language, number="1"))

    ends = {"ends": clock.end_of_day(date(2023, 11, 30)), "id": wave_id}  # the first instant of December
    store.write(lambda con: sql.run(con, "UPDATE wave SET closes_at = $ends WHERE id = $id", ends))
    assert seen().status_code == 404
    made = publish_results(
        store, actor=people.staff, form_id=str(uuid4()), wave_id=wave_id, parts=("dimensions",), at=now()
    )
    shown = bytes(seen().body).decode()
    assert "满意度指数为" in shown and "惠企政策" in shown and "泰勒线性化" in shown
    assert "镇街</h2>" not in shown and "检查太多" not in shown
    assert "2023年11月1日 至 2023年11月30日" in shown and "next=/published/1" in shown
    assert "Satisfaction index" in bytes(seen("en").body).decode()
    other = published_page(asked(store, None, "/published/2", number='2"x'))
    assert other.status_code == 404 and "这一期没有公布" in bytes(other.body).decode()
    assert 'href="/published/1"' in bytes(other.body).decode() and '2"x' not in bytes(other.body).decode()
    withdraw_results(store, actor=people.staff, published_id=made.id, at=now())
    assert seen().status_code == 404


def test_what_an_earlier_rule_published_stays_as_it_was_and_says_so(store, people, wave_id):
    made = publish_results(store, actor=people.staff, form_id=str(uuid4()), wave_id=wave_id, parts=("town",), at=now())
    page = bytes(published_page(asked(store, None, "/published/1", number="1")).body).decode()
    assert "各组：只给整数" in page and "按公布时的保护规则" not in page
    old = json.loads(made.content)
    del old["rule"]
    for cells in old["tables"].values():
        for row in (row for rows in cells.values() for row in rows):
            row |= {"value": 71.23, "low": 66.41, "high": 76.05}
            del row["whole"]
    before = {"id": made.id, "content": json.dumps(old)}
    store.write(lambda con: sql.run(con, "UPDATE published_result SET content = $content WHERE id = $id", before))
    page = bytes(published_page(asked(store, None, "/published/1", number="1")).body).decode()
    assert "按公布时的保护规则" in page and "各组：只给整数" not in page and "71.2" in page
    csv = published_file(asked(store, None, "/published/1.csv", number="1", kind="csv"))
    assert b"71.23" in bytes(csv.body)


def test_what_was_published_can_be_taken_away_by_anybody_and_nothing_else(store, people, wave_id):
    def taken(kind, number="1"):
        return published_file(asked(store, None, f"/published/{number}.{kind}", number=number, kind=kind))

    assert taken("csv").status_code == 404
    publish_results(store, actor=people.staff, form_id=str(uuid4()), wave_id=wave_id, parts=("town",), at=now())
    frame = pd.read_parquet(io.BytesIO(taken("parquet").body))
    assert frame[frame["table"] == "town"]["group"].tolist() == [HERE]
    assert set(frame["table"]) == {"", "town"} and "policy" not in set(frame["figure"])
    assert "科恩–格劳巴德区间" in "\n".join(p.text for p in Document(io.BytesIO(taken("docx").body)).paragraphs)
    assert CalamineWorkbook.from_filelike(io.BytesIO(taken("xlsx").body)).sheet_names == ["结果", "回收", "方法"]
    assert {taken("exe").status_code, taken("csv", "2").status_code, taken("csv", "1x").status_code} == {404}


def test_an_address_of_the_public_page_can_name_its_language(store, people, wave_id):
    publish_results(store, actor=people.staff, form_id=str(uuid4()), wave_id=wave_id, parts=(), at=now())
    request = asked(store, None, "/published/1", "zh", number="1")
    request.scope["query_string"] = b"lang=en"
    shown = bytes(published_page(request).body).decode()
    assert "Satisfaction index" in shown and 'href="/published/1.csv?lang=en"' in shown
    assert 'href="/language/zh?next=/published/1"' in shown


def test_the_welcome_says_what_becomes_of_an_issue_and_leads_to_what_is_published(store, people, open_page, wave_id):
    def shown():
        return words(open_page(None, "welcome"))

    assert "承办部门 7 个工作日内答复" in shown() and "办没办好由您说了算" in shown() and 'href="/verify"' in shown()
    assert "看已公布的调查结果" not in shown()
    publish_results(store, actor=people.staff, form_id=str(uuid4()), wave_id=wave_id, parts=(), at=now())
    assert "看已公布的调查结果" in shown()


OTHERS = ("enterprise", "officer", "department", "town", "admin")


@pytest.mark.parametrize("who", [*OTHERS, None])
def test_nobody_else_gets_results_by_page_or_route(store, people, open_page, wave_id, who):
    actor = getattr(people, who) if who else None
    assert "满意度指数为" not in words(open_page(actor, "results"))
    for kind in ("xlsx", "csv", "parquet", "docx"):
        assert results_file(asked(store, actor, "/", number="1", kind=kind)).status_code == 403


def imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in named for alias in node.names} | {n.module or "" for n in named}


def test_answers_are_read_in_few_places_and_each_is_behind_see_results():
    """Whoever adds a reader of answers has to come by here and say who may see it."""
    statement = re.compile(r"\b(?:FROM|JOIN)\s+answer(?:_before)?\b")
    readers = {p.name for p in (ROOT / "db").rglob("*.py") if statement.search(p.read_text(encoding="utf-8"))}
    # answers: for the estimates only; separation: digests of them are compared, and only whether they hold is told
    # carried_over: those of an earlier release are sealed
    # surveys: a corrected file's sheets are held against those that came with the file before, by who may import
    assert readers == {"answers.py", "carried_over.py", "separation.py", "surveys.py"}
    uses = {
        p
        for room in ("pages", "casework", "intake", "access")
        for p in (ROOT / room).rglob("*.py")
        if any(
            name.startswith(("insight.survey.answers", "insight.survey.said", "insight.survey.wave_numbers"))
            for name in imported(p)
        )
    }
    board = {
        "pages/glance/mood_drawer.py",  # asks for see_results itself: the glance around it is for see_dashboard
        "pages/results/board.py",
        "pages/results/view.py",
        "pages/results/staff.py",
        "pages/results/routes.py",
        "pages/results/results.py",
        "pages/results/tiles.py",
        "pages/results/published_page.py",
    }
    assert {str(path.relative_to(ROOT)) for path in uses} <= board
    pages = {
        p.name: row.permission
        for row in SITE
        if (p := ROOT / "pages" / row.file) and any(name.startswith("pages.results") for name in imported(p))
    }
    assert pages == {"results.py": "see_results"}
    assert [route.path for route in ROUTES if route.endpoint is results_file] == ["/results/{number}.{kind}"]
