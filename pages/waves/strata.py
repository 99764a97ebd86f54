"""How each group of the sample answers: a bar for those that answered, a mark for how many are wanted. Counts only."""

import streamlit as st

import i18n
from db.survey.samples import Stratum
from db.survey.sampling import LISTS, Grouping
from db.survey.surveys import Wave
from intake.waves import samples
from intake.waves.samples import Grouped
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters
from pages.shared.rows import quiet_line
from pages.waves.group import grouping_of, stratum_name

EVERY = "5s"


def strata(wave: Wave) -> None:
    """Redrawn where something came in; whoever may no longer see it sees nothing at the next look."""
    grouping = grouping_of(wave)

    @st.fragment(run_every=EVERY)
    def live() -> None:
        found = samples.strata_of(store(), actor=actor(), wave_id=wave.id)
        _progress(found)
        with st.container(horizontal=True, key="wave-strata", gap="medium"):
            for name in LISTS:
                with st.container(key=f"card-strata-{name}", border=True):
                    show(_bars(name, found, grouping))
        _table(wave, found, grouping)

    live()


def _progress(found: list[Stratum]) -> None:
    """In one sentence, and that a full stratum turns nobody away."""
    whole = samples.added_up("", found)
    said = {"wanted": whole.wanted, "answered": whole.answered, "short": whole.lacked}
    numbers = {name: i18n.number(n, lang()) for name, n in said.items()}
    key = "sample.progress" if whole.lacking else "sample.all_full"
    st.markdown(t(key, **numbers, strata=len(found), full=len(found) - whole.lacking))
    if whole.lacking < len(found):
        st.caption(t("sample.takes_all"))


def _bars(name: str, found: list[Stratum], grouping: Grouping) -> Markup:
    called = grouping.names(lang())
    groups = samples.grouped(found, grouping, name)
    bars = Markup().join(_bar(called.get((name, one.stratum), ""), one) for one in groups)
    card = Markup('<h3 class="f2f-wave-title">{}</h3><ul class="f2f-counts">{}</ul>')
    return card.format(t(f"sample.by_{name}"), bars)


def _bar(name: str, one: Grouped) -> Markup:
    of = t("sample.of_drawn", drawn=one.drawn, rate=_percent(one.answered, one.drawn))
    said = t("sample.said", state=_state(one), of=of)
    full = Markup(' class="f2f-full"') if one.wanted and not one.lacked else ""
    head = Markup("<span>{}</span><b>{}</b>").format(name, t("sample.against", n=one.answered, wanted=one.wanted))
    return Markup(
        '<li{}>{}<span class="f2f-track" aria-hidden="true"><i style="width:{}%"></i><u style="left:{}%"></u></span>'
        '<span class="f2f-quiet f2f-wanted">{}</span></li>'
    ).format(full, head, _share(one.answered, one.drawn), _share(one.wanted, one.drawn), said)


def _state(one: Stratum) -> str:
    """How many are still to come, or that it is full; a group may be full while a stratum of it is not."""
    if one.short:
        return t("sample.short", n=one.short)
    if isinstance(one, Grouped) and one.lacked:
        return t("sample.full_but", n=one.lacking, short=one.lacked)
    if not one.wanted:
        return t("sample.no_quota")
    over = one.answered - one.wanted
    return t("sample.over", n=over) if over else t("sample.full")


def _table(wave: Wave, found: list[Stratum], grouping: Grouping) -> None:
    """Every stratum, those that lack most first."""
    ordered = sorted(found, key=lambda one: (-one.short, one.stratum))
    with st.expander(t("sample.every", n=len(found)), key="wave-every-stratum"):
        rows = Markup().join(_row(one, stratum_name(one.stratum, grouping)) for one in ordered)
        columns = (t(f"sample.column.{name}") for name in ("stratum", "frame", "drawn", "got"))
        head = Markup().join(map(Markup("<th>{}</th>").format, columns))
        show(Markup('<table class="f2f-strata"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, rows))
        if wave.design == "stratified" and st.button(t("sample.redraw"), key="wave-redraw"):
            same = samples.redraw(store(), actor=actor(), wave_id=wave.id)
            said = t("sample.redrawn", seed=letters(wave.seed or "")) if same else t("sample.not_redrawn")
            (st.success if same else st.error)(said)


def _row(one: Stratum, name: str) -> Markup:
    got = Markup("{} / {}{}").format(one.answered, one.wanted, quiet_line(_state(one)))
    numbers = map(Markup("<td>{}</td>").format, (one.population, one.drawn, got))
    return Markup("<tr><th>{}</th>{}</tr>").format(name, Markup().join(numbers))


def _share(part: int, whole: int) -> int:
    return round(100 * min(part, whole) / whole) if whole else 0


def _percent(part: int, whole: int) -> str:
    return i18n.percent(str(_share(part, whole)), lang())
