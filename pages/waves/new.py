"""The dialog that opens a wave: what is asked, from when to when, of whom; the sample is shown before it is drawn."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from db import clock
from db.survey.sampling import LISTS
from intake.questionnaires.check import languages_lacked, problems
from intake.waves import running as waves
from intake.waves import samples
from intake.waves.running import LONGEST_TITLE, WaveForm
from intake.waves.samples import DESIGNS, Design, SamplePlan
from pages.shared.asking import ask, attempt, by, save
from pages.shared.choices import pick_day
from pages.shared.filters import put
from pages.shared.here import actor, lang, now, store, t
from pages.shared.markup import Markup, show
from pages.waves.group import by_list

_DAYS_OPEN = 14
_USUAL_SIZE = 400
_LEAST_MARGIN = 0.05  # points that are still shown as 0.1


def ask_for_a_wave() -> None:
    ask(t("wave.new"), partial(_new, str(uuid4())), width="large")


def _new(wave_id: str) -> None:
    offered = waves.questionnaires(store(), actor=actor())
    today = clock.day_of(now())
    asked = st.selectbox(t("wave.questionnaire"), offered, key="wave-questionnaire", format_func=lambda q: t(
        "wave.version", title=q.title.say(lang()), version=q.version))  # fmt: skip
    for language in languages_lacked(problems(asked)) if asked else ():
        st.caption(t("designer.lacks", of=t(f"designer.lang_{language}")))
    title_zh = st.text_input(t("wave.title_zh"), max_chars=LONGEST_TITLE, key="wave-title-zh")
    title_en = st.text_input(t("wave.title_en"), max_chars=LONGEST_TITLE, key="wave-title-en")
    with st.container(horizontal=True):
        first = pick_day(t("wave.first_day"), value=today, key="wave-first")
        last = pick_day(t("wave.last_day"), value=today + timedelta(days=_DAYS_OPEN), key="wave-last")
    design = _design(wave_id)
    planned = attempt(lambda: samples.plan(store(), actor=actor(), design=design))
    if planned:
        _show(planned, design.design)
    if not asked:
        return
    form = WaveForm(title_zh, title_en, asked.code, asked.version, first, last, design)
    if st.button(t("wave.open"), type="primary", disabled=planned is None, key="wave-open"):
        save(lambda: waves.open_wave(store(), wave_id=wave_id, form=form, **by()), then=lambda: put("wave", wave_id))


def _design(wave_id: str) -> Design:
    """A seed is proposed from the form's own id; staff may write another, such as a drawn lottery number."""
    words = {design: t(f"sample.{design}") for design in DESIGNS}
    chosen = by_list(t("sample.design"), words, "wave-design")
    rate = st.number_input(t("sample.rate"), 1, 100, samples.TARGET_RATE, key="wave-rate", width=240)
    if chosen != "stratified":
        return Design(target_rate=rate)
    frame = samples.plan(store(), actor=actor(), design=Design()).frame
    with st.container(horizontal=True):
        size = st.number_input(t("sample.size"), 1, None, min(_USUAL_SIZE, max(frame, 1)), key="wave-size")
        minimum = st.number_input(t("sample.minimum"), 1, 1000, samples.MINIMUM, key="wave-minimum")
        proposed = str(int(wave_id[:8], 16))
        seed = st.text_input(t("sample.seed"), proposed, max_chars=samples.LONGEST_SEED, key="wave-seed")
    return Design("stratified", size, minimum, seed, rate)


def _show(planned: SamplePlan, design: str) -> None:
    """Strata, population, drawn, and what precision to expect, in words."""
    facts = {"n": planned.drawn, "frame": i18n.number(planned.frame, lang()), "strata": len(planned.population)}
    st.markdown(t("sample.plan_census" if design == "census" else "sample.plan", **facts))
    margin = i18n.number(planned.margin, lang(), decimals=1)
    if planned.margin >= _LEAST_MARGIN:  # below, everybody answers and nothing is estimated
        st.markdown(t("sample.margin", answers=i18n.number(sum(planned.quotas.values()), lang()), margin=margin))
    columns = Markup().join(_list(name, planned, planned.grouping.names(lang())) for name in LISTS)
    show(Markup('<div class="f2f-plan">{}</div>').format(columns))
    st.caption(t("sample.what_is_a_group"))


def _list(name: str, planned: SamplePlan, names: dict[tuple[str, str], str]) -> Markup:
    rows = Markup().join(
        Markup("<tr><th>{}</th><td>{} / {}</td></tr>").format(names[name, code], drawn, n)
        for code, (n, drawn) in planned.by(name).items()
        if n
    )
    return Markup("<table><caption>{}</caption>{}</table>").format(t(f"sample.by_{name}"), rows)
