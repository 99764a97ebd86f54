"""What stands around the questions: progress, the ways on, the answers for a last look, the band when offline."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.people.enterprises import Enterprise
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import Item, Questionnaire
from pages.shared.here import lang, t
from pages.shared.markup import Markup, run_script, show
from pages.shared.plain import letters, plain
from pages.shared.style import style
from pages.survey.answers_in_words import lines_in_words


def ways_on() -> DeltaGenerator:
    """Back and forth, under the thumb: the last of its page."""
    style("survey/way_on")
    return st.container(key="f2f-survey-nav", horizontal=True, wrap=False)


def progress(step: int, steps: int, name: str, enterprise: Enterprise | None, *, level: int = 1) -> None:
    """A thin line, and in words where one is and for which enterprise; a wall's visitor and a preview have none."""
    words = t("survey.step", step=step + 1, steps=steps, name=name) if step < steps else name
    done = round(100 * step / steps)
    firm = enterprise.say(lang()) if enterprise and enterprise.id else ""
    line = Markup(
        '<div class="f2f-progress" role="progressbar" aria-valuemin="0" aria-valuemax="{}" aria-valuenow="{}" '
        'aria-label="{!s}"><span style="width:{}%"></span></div>'
    ).format(steps, step, words, done)
    below = Markup('<p class="f2f-quiet f2f-firm">{}</p>').format(firm) if firm else ""
    lead = words if step < steps else t("survey.look_lead")
    show(
        Markup('{}{}<h{} class="f2f-screen-name" id="screen-{}">{}</h{}><p class="f2f-quiet">{}</p>').format(
            line, below, level, step, name, level, lead
        )
    )


def answered(
    asked: Questionnaire,
    name: str,
    items: Sequence[Item],
    answers: Mapping[str, Any],
    wrong: Mapping[str, str],
    moved: Collection[str],
) -> None:
    """One screen's questions with the answers given, `moved` where they were others at the last look. A person's own
    words are drawn as plain text."""
    written = [item for item in items if KINDS[item.kind].own_words and answers.get(item.code)]
    rows = Markup().join(
        _rows(asked, item, answers, item.code in wrong, item.code in moved) for item in items if item not in written
    )
    show(Markup('<h2 class="f2f-part">{}</h2><dl class="f2f-answers">{}</dl>').format(name, rows))
    for item in written:
        st.caption(letters(item.say(lang()) + (t("survey.moved_one") if item.code in moved else "")))
        plain(answers[item.code])


def _rows(asked: Questionnaire, item: Item, answers: Mapping[str, Any], wrong: bool, moved: bool) -> Markup:
    missing = Markup(' class="f2f-wrong"') if wrong else ""
    mark = Markup("<mark>{}</mark>").format(t("survey.moved_one")) if moved else ""
    return Markup().join(
        Markup("<div{}><dt>{}{}</dt><dd>{}</dd></div>").format(missing, question, mark, said)
        for question, said in lines_in_words(asked, item, answers)
    )


def told_when_offline() -> None:
    """What is typed is sent again when the phone is back; the band stands apart from the script, which is not drawn."""
    show(Markup('<p class="f2f-offline" role="alert">{}</p>').format(t("survey.offline")))
    run_script("online")
