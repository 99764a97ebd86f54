"""A result workbook in the import: what each question was taken for and why, to be confirmed, then its answers."""

import streamlit as st

from intake import foreign_files as form_files
from intake.files.imports import how_many
from intake.files.upload import Upload
from intake.wjx.reader import CHOICES, WjxReading
from intake.wjx.wave import LONGEST_REASON, ImportedWave, import_wjx
from pages.questionnaires.listed import go_to
from pages.questionnaires.problems import remarks
from pages.shared.asking import attempt, by
from pages.shared.choices import choose_some, pick
from pages.shared.here import lang, store, t
from pages.shared.plain import letters

_CHOSEN = "results-kind-"


def results(upload: Upload, found: WjxReading) -> None:
    """The kinds can be changed here; what does not fit a question's answers stays as it was inferred."""
    keep, reason = _kept(found)
    found = form_files.read_result_file(upload, keep=keep) if keep else found
    asked = found.reading.questionnaire
    said = {item.code: item.say(lang()) for item in asked.items} if asked else {}
    for guess in found.guesses:
        offered = CHOICES if guess.kind in CHOICES else (guess.kind,)
        kinds: dict[str, str] = {kind: t(f"questionkind.{kind}") for kind in offered}
        why = t("designer.why", why=t(f"wjx.{guess.evidence}", **guess.facts))
        pick(st.selectbox, letters(f"{guess.code} {said.get(guess.code, '')}"), kinds, help=letters(why),
             index=list(kinds).index(guess.kind), key=f"{_CHOSEN}{guess.code}")  # fmt: skip
    chosen = {code: kind for code in said if (kind := st.session_state.get(f"{_CHOSEN}{code}"))}
    confirmed = form_files.read_result_file(upload, chosen, keep)
    remarks("designer.refused", confirmed.turned_away)
    st.markdown(t("designer.answers", n=len(confirmed.sheets) - how_many(confirmed.turned_away)))
    if st.button(t("designer.take_answers"), type="primary", key="results-take"):
        taken = attempt(lambda: import_wjx(store(), content=upload.content, found=confirmed, reason=reason, **by()))
        if taken:
            _say(taken)


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
