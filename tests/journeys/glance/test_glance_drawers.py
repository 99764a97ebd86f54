"""Each point of the glance's economy and mood opens a drawer of its own, each picture its numbers."""

import i18n
from pages.figures.card import OPEN
from tests.insight.cases.test_dashboard import overdue_case
from tests.insight.survey.test_results import answers
from tests.insight.world import add_answers, add_wave, publish


def pressed(page, where):
    """What a press on a point does (tests/journeys/glance/test_glance_browser.py presses in a browser)."""
    page.session_state[OPEN] = where
    return page.run()


def everything(page):
    """What is shown, with what stands in the drawer: a dialog is not within the page's main part."""
    assert not page.exception
    found = [str(part.proto.body) for part in page.get("html")]
    return "\n".join(found)


def test_an_indicators_row_opens_what_was_published_and_its_revision(open_page, store, people):
    publish(store, "exports", "2022-01-01", "2022-10-31", 1066.3, 9.1, "2022-11-18")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1189.0, 11.5, "2023-11-18")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-22")
    page = pressed(open_page(people.leader, "dashboard"), "economy:exports")
    shown = everything(page)
    assert f"1,190.0 亿元{i18n.DOT}" in shown and "本系统不作计算" in shown and "全社会" in shown
    assert "/export/economy.csv?i=exports" in shown
    revised = list(page.dataframe[-1].value.iloc[0])
    assert "1,189.0 亿元 +11.5%" in revised and "1,190.0 亿元 +11.6%" in revised, "before and after"


def test_a_row_of_the_mood_says_what_the_index_is_worth_and_hides_small_waves(open_page, store, people):
    add_answers(store, add_wave(store, 1, "2023-07-01"), "2023-07-02", answers(9))
    add_answers(store, add_wave(store, 2, "2023-10-01"), "2023-10-02", answers(30))
    page = pressed(open_page(people.leader, "dashboard"), "mood:overall")
    shown = everything(page)
    assert "第2期" in shown and "n ≥ 20" in shown and "设计效应" in shown and "回收率" in shown
    assert "/results/2.xlsx" in shown
    newest, before = (list(row) for row in page.dataframe[-1].value.to_numpy())
    assert newest[0] == "第2期" and newest[1] != "—"
    assert before[0] == "第1期" and before[1:7] == ["—"] * 6, "under 10 answers nothing is shown, not even how many"


def test_a_picture_opens_its_numbers_its_method_and_its_page(open_page, store, people):
    overdue_case(store)
    page = open_page(people.leader, "dashboard").button(key="open-numbers-towns").click().run()
    assert "颜色越重，未办结越多" in everything(page)
    first = everything(page).split("<tbody>")[1].split("</tr>")[0]
    assert "<td>1</td><td>1</td><td>1</td>" in first, "the town with most unsettled stands first"
    assert '<a href="/desk?town=' in first and ">柯桥街道</a>" in first, "and leads to its cases"
    assert "places/places.py" in page.get("page_link")[-1].proto.page or page.get("page_link")
