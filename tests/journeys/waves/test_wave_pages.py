"""Staff run a wave: plan the sample, watch the strata, invite all, key the paper that comes back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from db import clock, sql
from db.survey import samples
from intake.paper.form import serial_of
from intake.questionnaires.model import Words
from intake.waves import inviting
from intake.waves import running as waves
from intake.waves.groups import grouping
from intake.waves.samples import Design, strata_of
from tests.conftest import make_enterprise, words
from tests.intake.paper.test_paper import LINES
from tests.intake.questionnaires.kinds import published
from tests.intake.questionnaires.test_questionnaires import A_TEXT, tiny
from tests.intake.survey.test_survey import a_form
from tests.sheets import answered, who_came


@pytest.fixture
def wave(store, people):
    for n in range(20):
        make_enterprise(store, size="small" if n % 2 else "micro")
    today = clock.day_of(clock.now())
    sample = Design("stratified", size=12, minimum=2, seed="7")
    form = a_form(first_day=today, last_day=today + timedelta(days=9), sample=sample)
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=clock.now())


def first_unit(store, wave):
    return store.read(lambda con: samples.by_serial(con, wave_id=wave.id, serial=1))


def box(page, key):
    return next(one for one in page.text_input if one.key and one.key.startswith(key))


def key_in(page, lines):
    for screen, line in lines.items():
        next(one for one in page.text_input if one.key.endswith(f"-{screen}")).input(line).run()
    return page


def test_a_clerk_keys_a_form_sees_it_in_words_and_saves_it(store, people, wave, open_page):
    unit = first_unit(store, wave)
    page = open_page(people.staff, "paper")
    box(page, "paper-serial").input(serial_of(wave, 1)).run()
    key_in(page, LINES)
    shown = words(page)
    assert "满意" in shown and "不了解" in shown
    next(b for b in page.button if b.key == "paper-save").click().run()
    one = who_came(store)
    assert (one.source, one.enterprise_id) == ("paper", unit.enterprise_id)
    assert box(page, "paper-serial").value == "" and "已录 1 份" in words(page)


def test_an_error_names_its_question_and_keeps_the_form_from_being_saved(people, wave, open_page):
    page = open_page(people.staff, "paper")
    box(page, "paper-serial").input("1-1").run()
    assert "没有这个问卷编号" in " ".join(e.value for e in page.error)
    box(page, "paper-serial").input(serial_of(wave, 1)).run()
    key_in(page, LINES | {"finance": "4793"})
    assert "第 8 题" in words(page)
    assert next(b for b in page.button if b.key == "paper-save").disabled


def test_the_same_paper_again_is_compared_with_the_first_keying(store, people, wave, open_page):
    page = open_page(people.staff, "paper")
    for lines in (LINES, LINES | {"labour": "235"}):
        box(page, "paper-serial").input(serial_of(wave, 1)).run()
        key_in(page, lines)
        next(b for b in page.button if b.key in ("paper-save", "paper-compare")).click().run()
    assert "第 13 题" in words(page)
    next(b for b in page.button if b.key == "paper-second").click().run()
    assert [row["value"] for row in answered(store, "I1")] == [100]


def test_the_wave_shows_its_sample_and_each_group_against_its_target(people, wave, open_page):
    shown = words(open_page(people.staff, "surveys"))
    assert "22 家中抽 12 家" in shown and "种子 7" in shown
    assert "按片区" in shown and "还差" in shown


def open_dialog(page, opener):
    """A test's page runs whole, which would close the dialog: its opener is pressed along with every change."""
    page.button(key=opener).click()
    return page


def test_a_sample_is_shown_before_it_is_drawn(people, wave, open_page):
    page = open_dialog(open_page(people.staff, "surveys"), "wave-new").run()
    page.button_group(key="wave-design").set_value("stratified")
    open_dialog(page, "wave-new").run()
    assert "抽取 **22** 家" in " ".join(m.value for m in page.markdown)
    page.number_input(key="wave-size").set_value(20)
    page.number_input(key="wave-minimum").set_value(2)
    open_dialog(page, "wave-new").run()
    assert "抽取 **20** 家" in " ".join(m.value for m in page.markdown)
    page.number_input(key="wave-size").set_value(500)
    open_dialog(page, "wave-new").run()
    assert "样本量应在" in " ".join(e.value for e in page.error)
    assert page.button(key="wave-open").disabled


def test_the_whole_sample_is_invited_in_one_action_and_nobody_twice(store, people, wave, open_page):
    page = open_dialog(open_page(people.staff, "surveys"), "wave-invite").run()
    page.button(key="invite-make").click()
    open_dialog(page, "wave-invite").run(timeout=60)
    assert not page.exception
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM invitation")) == 12
    assert inviting.still_silent(store, actor=people.staff, wave_id=wave.id, unlinked=True) == []


def test_links_that_were_made_stay_until_the_dialog_is_closed_and_are_not_made_again(people, wave, open_page):
    def files(page):
        return sorted(one.proto.label for one in page.get("download_button"))

    page = open_dialog(open_page(people.staff, "surveys"), "wave-invite").run()
    page.button(key="invite-make").click()
    open_dialog(page, "wave-invite").run(timeout=60)
    made = files(page)
    assert len(made) >= 2, "the list and the sheets"
    open_dialog(page, "wave-invite").run(timeout=60)
    assert files(page) == made
    assert not [one for one in page.button if one.key == "invite-make"]


def opened_with(page, opener, **chosen):
    """A dialog's pages after choices in its groups of buttons and boxes."""
    for key, value in chosen.items():
        key = key.replace("_", "-")
        kind = "button_group" if key.endswith("how") or key.endswith("whom") else "selectbox"
        getattr(page, kind)(key=key).set_value(value)
        open_dialog(page, opener).run()
    return page


def test_a_quota_is_set_by_hand_and_said_in_words_beside_its_stratum(store, people, wave, open_page):
    page = open_dialog(open_page(people.staff, "surveys"), "wave-quota").run()
    page.number_input(key="quota-size-micro").set_value(0)
    open_dialog(page, "wave-quota").run()
    page.button(key="quota-save").click()
    open_dialog(page, "wave-quota").run()
    found = {one.stratum: one.wanted for one in strata_of(store, actor=people.staff, wave_id=wave.id)}
    assert found["micro|textile|centre"] == 0 and found["small|textile|centre"] > 0
    shown = words(open_page(people.staff, "surveys"))
    assert "已按组或按层调整" in shown and "未设目标" in shown and "受邀企业的答卷一份也不拒收" in shown


def test_all_unused_links_are_taken_back_after_their_number_is_confirmed(store, people, wave, open_page):
    ids = [firm.id for firm in inviting.still_silent(store, actor=people.staff, wave_id=wave.id)]
    inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=clock.now())
    page = open_dialog(open_page(people.staff, "surveys"), "wave-take-back").run()
    opened_with(page, "wave-take-back", take_back_how="all")
    assert "将一次收回 **12** 个未用的链接" in " ".join(m.value for m in page.markdown)
    page.text_input(key="take-back-reason").input("地址清单有误")
    open_dialog(page, "wave-take-back").run()
    assert page.button(key="take-back-all").disabled, "nobody has confirmed the number"
    page.checkbox(key="take-back-sure--12").check()
    open_dialog(page, "wave-take-back").run()
    page.button(key="take-back-all").click()
    open_dialog(page, "wave-take-back").run()
    assert inviting.unused(store, actor=people.staff, wave_id=wave.id, at=clock.now()).links == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_groups_of_a_sample_are_shown_and_one_is_renamed(store, people, wave, open_page, language):
    page = open_dialog(open_page(people.staff, "surveys", language=language), "wave-groups").run()
    page.text_input(key="group-1-sector-textile-en").input("Cloth")
    open_dialog(page, "wave-groups").run()
    page.button(key="group-1-sector-textile-save").click()
    open_dialog(page, "wave-groups").run()
    assert grouping(store, actor=people.staff).names("en")["sector", "textile"] == "Cloth"
    shown = words(open_page(people.staff, "surveys", language="en"))
    assert "Textiles, apparel and fibres" in shown, "an open wave keeps its names"


def test_strata_that_lack_answers_or_one_of_them_are_chosen_to_be_reminded(people, wave, open_page):
    page = open_dialog(open_page(people.staff, "surveys"), "wave-remind").run()
    opened_with(page, "wave-remind", remind_whom="group")
    assert not [b for b in page.button if b.key == "wave-remind-do"], "no group was chosen yet"
    opened_with(page, "wave-remind", remind_group="size:micro")
    assert page.button(key="wave-remind-do").disabled  # nobody has an address for notices


@pytest.mark.parametrize("opener", ["wave-remind", "wave-wall"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_other_dialogs_open_in_both_languages(people, wave, open_page, opener, language):
    page = open_dialog(open_page(people.staff, "surveys", language=language), opener).run()
    assert not page.exception


def test_a_wave_that_is_over_says_what_its_results_wait_for_until_all_paper_is_in(store, people, wave, open_page):
    waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, at=clock.now())
    results = words(open_page(people.leader, "results"))
    assert "纸质问卷可录入至" in results and wave.title_zh in results
    page = open_page(people.staff, "surveys", wave=wave.id)
    assert "以免前后对比看出单份答卷" in words(page)
    open_dialog(page, "wave-keyed").run()
    page.button(key="wave-keyed-do").click()
    open_dialog(page, "wave-keyed").run()
    assert store.read(lambda con: sql.scalar(con, "SELECT keyed_at IS NOT NULL FROM wave"))
    assert "纸质问卷可录入至" not in words(open_page(people.leader, "results"))


def test_who_chooses_what_a_wave_asks_is_told_which_language_it_lacks(store, people, open_page):
    for code, english in (("whole", "What?"), ("half", "")):
        asked = replace(tiny(A_TEXT | {"en": english}), code=code, title=Words(code, code))
        published(store, people, asked, clock.now())
    page = open_page(people.staff, "surveys")
    page = open_dialog(page, "wave-new").run()
    for code, lacks in (("half", True), ("whole", False)):
        page.selectbox(key="wave-questionnaire").select(f"{code}（第 1 版）")
        open_dialog(page, "wave-new").run()
        assert ("缺英文" in " ".join(caption.value for caption in page.caption)) == lacks
