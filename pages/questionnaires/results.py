"""A result workbook in the import: what each question was taken for and why, to be confirmed, then its answers."""

from functools import partial

import streamlit as st

from intake import foreign_files as form_files
from intake.files.returned import ending_of
from intake.files.upload import Upload
from intake.questionnaires.kinds.single import SINGLE
from intake.questionnaires.model import Item
from intake.wjx.reader import CHOICES, NOMINAL, TURNED, WjxReading, is_scale
from intake.wjx.wave import LONGEST_REASON, ImportedWave, import_wjx
from pages.imports.panel import returned_button
from pages.questionnaires.listed import go_to
from pages.questionnaires.problems import remarks
from pages.shared.asking import attempt, by
from pages.shared.choices import choose_some, pick, pick_day
from pages.shared.here import lang, store, t
from pages.shared.plain import letters

_CHOSEN = "results-kind-"


def results(upload: Upload, found: WjxReading) -> None:
    """The kinds can be changed here; what does not fit a question's answers stays as it was inferred."""
    st.markdown(t(f"wjx.recognised.{found.source}"))
    keep, reason = _kept(found)
    day = pick_day(t("designer.answered"), None, max_value="today", key="results-day") if found.undated else None
    found = form_files.read_result_file(upload, keep=keep, day=day) if keep or day else found
    chosen = _chosen(found)
    confirmed = form_files.read_result_file(upload, chosen, keep, day)
    remarks("designer.refused", confirmed.turned_away)
    if confirmed.turned_away and confirmed.takes:
        written = partial(form_files.refused_results, upload, chosen, keep, day, lang())
        returned_button("results", written, ending_of(upload))
    st.markdown(t("designer.answers", n=confirmed.takes))
    if st.button(t("designer.take_answers"), type="primary", key="results-take"):
        taken = attempt(lambda: import_wjx(store(), content=upload.content, found=confirmed, reason=reason, **by()))
        if taken:
            _say(taken)


def _chosen(found: WjxReading) -> dict[str, str]:
    """What a person makes of each question, by its code."""
    asked = found.reading.questionnaire
    items = {item.code: item for item in asked.items} if asked else {}
    chosen: dict[str, str] = {}
    for guess in found.guesses:
        item = items[guess.code]
        kinds = _offered(item)
        why = t("designer.why", why=t(f"wjx.{guess.evidence}", **guess.facts))
        chosen[item.code] = pick(st.selectbox, letters(f"{item.code} {item.say(lang())}"), kinds, help=letters(why),
                                 index=list(kinds).index(guess.kind), key=f"{_CHOSEN}{item.code}")  # fmt: skip
    return chosen


def _offered(item: Item) -> dict[str, str]:
    """Kinds by their words; of a scale which end is the best, the other way round, and that it is none."""
    kinds = {kind: t(f"questionkind.{kind}") for kind in (CHOICES if item.kind in CHOICES else (item.kind,))}
    if not is_scale(item):
        return kinds
    ends = {"best": item.options[0].say(lang()), "worst": item.options[-1].say(lang())}
    scale = {item.kind: t("designer.scale_from", **ends), TURNED: t("designer.scale_turned", **ends)}
    others = {kind: words for kind, words in kinds.items() if kind not in (item.kind, SINGLE.code)}
    return scale | {NOMINAL: t("designer.scale_nominal")} | others


def _say(taken: ImportedWave) -> None:
    """A sheet that is turned away only beside what is stored already is named before the page goes on."""
    if any(remark.code == "wjx_changed" for remark in taken.refused):
        st.success(t("designer.answers_added", n=taken.responses, there=taken.there))
        remarks("designer.refused", taken.refused)
        return
    added = t("designer.answers_added", n=taken.responses, there=taken.there)
    st.toast(t("designer.known_file") if taken.again else added if taken.there else t("designer.answers_taken"))
    go_to(taken.code, taken.version)
    st.rerun()


def _kept(found: WjxReading) -> tuple[list[str], str]:
    """Columns that say who somebody is and are wanted all the same, and why."""
    left_out = [heading for heading, why in found.results.left_out if why == "wjx_person"] if found.results else []
    if not left_out:
        return [], ""
    keep = choose_some(t("designer.keep_who"), {heading: heading for heading in left_out}, key="results-keep")
    reason = st.text_input(t("designer.keep_why"), key="results-why", max_chars=LONGEST_REASON) if keep else ""
    return keep, reason
