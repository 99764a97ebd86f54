"""The city's and the province's figures come in by files as they hand them out, and stand beside the district's."""

from datetime import date

from insight.economy.published import neighbours, published
from intake.files.spreadsheets import Upload
from intake.indicators.importing import import_indicators
from tests.conftest import NOON
from tests.journeys.imports.test_import_pages import shown

HEAD = "指标,地区,时期,单位,数值,同比(%),发布日期,来源"
DISTRICT = (
    "出口总额,全区,2023年1-9月,亿元,990.0,11.0,2023-10-18,海关",
    "出口总额,全区,2023年1-10月,亿元,1189.0,11.5,2023-11-18,海关",
)
CITY = (
    "出口总额,全市,2023年1-9月,亿元,2890.0,8.1,2023-10-20,海关",
    "出口总额,全市,2023年1-10月,亿元,3201.5,8.4,2023-11-20,海关",
)
PROVINCE = (
    "出口总额,全省,2023年1-9月,亿元,26310.0,3.9,2023-10-21,海关",
    "出口总额,全省,2023年1-10月,亿元,29460.0,4.2,2023-11-21,海关",
)


def bring(store, actor, *rows):
    file = Upload("出口.csv", "\n".join([HEAD, *rows]).encode())
    outcome = import_indicators(store, actor=actor, upload=file, at=NOON)
    assert outcome.refused == () and outcome.written == len(rows)


def test_lines_of_city_and_province_stand_beside_the_district_s_once_their_files_are_in(store, people, open_page):
    bring(store, people.staff, *DISTRICT)
    assert "全市" not in shown(open_page(people.leader, "economy", i="exports"))
    for rows in (CITY, PROVINCE):
        bring(store, people.staff, *rows)
    page = open_page(people.leader, "economy", i="exports")
    assert "出口总额 2023年1—10月：本区 +11.5%，全市 +8.4%，全省 +4.2%" in shown(page)
    assert "<td>+11.5%</td><td>+8.4%</td><td>+4.2%</td>" in shown(page), "and its row in the numbers"


def test_the_neighbours_of_an_import_change_no_figure_of_the_district(store, people):
    bring(store, people.staff, *DISTRICT)
    bring(store, people.staff, *CITY)
    (one,) = store.read(lambda con: published(con, date(2023, 11, 30)))
    assert one.latest.growth == 11.5
    beside = store.read(lambda con: neighbours(con, "exports", date(2023, 11, 30)))
    assert [point.growth for point in beside["city"]] == [8.1, 8.4] and beside["province"] == []
