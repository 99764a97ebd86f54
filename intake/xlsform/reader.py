"""An XLSForm as a questionnaire of ours: what is read, what is not supported, what is refused, item by item."""

import re
from dataclasses import dataclass, replace

from access.typed import one_line
from db.refused import Refused
from intake.files.imports import capped
from intake.files.upload import Upload
from intake.questionnaires.check import MOST_ITEMS
from intake.questionnaires.model import Item, PrivacyNotice, Questionnaire, Words
from intake.words import cut, fits
from intake.xlsform.choices import choices_of, has_chinese, languages_of
from intake.xlsform.row_types import type_of
from intake.xlsform.sheets import Remark, XlsForm, read_form
from intake.xlsform.walk import Builder, ReadItem, walk

__all__ = ["ReadItem", "Reading", "read_xlsform"]

MOST_LINES = 2_000
_LONGEST_TITLE = 60
_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_SETTINGS = {"form_title", "default_language", "allow_choice_duplicates"}
_IDENTITY = {"form_id", "version"}  # a form's own: ours has its code and versions
_OWN = {"f2f_title_zh", "f2f_title_en", "f2f_purpose_zh", "f2f_purpose_en", "f2f_minutes", "f2f_notice_zh",
        "f2f_notice_en", "f2f_notice_version"}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What a file gives. `questionnaire` is a draft's content, None where nothing can be imported."""

    questionnaire: Questionnaire | None
    read: tuple[ReadItem, ...] = ()
    unsupported: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()


def read_xlsform(upload: Upload, *, code: str, model: Questionnaire) -> Reading:
    """`model` lends its notice and scales. Nothing is raised for the file's faults: they are `refused`."""
    try:
        form = read_form(upload)
    except Refused as refusal:
        return Reading(None, refused=(Remark.of_file(refusal.code, refusal.facts),))
    if len(form.survey) > MOST_LINES:
        return Reading(None, refused=(Remark("survey", 0, "", "too_long", facts={"most": MOST_LINES}),))
    languages, remarks = languages_of(form)
    built = Builder(form, languages, choices_of(form, languages))
    built.unsupported += [*form.unsupported, *remarks, *built.choices.unsupported, *_settings_remarks(form)]
    built.unsupported += _unused_lists(built)
    built.refused += [*form.refused, *built.choices.refused]
    walk(built)
    built.items = [_referring(built, item) for item in built.items]
    if not built.items:
        built.refused += [] if built.refused else [Remark("survey", 0, "", "nothing_asked")]
        return Reading(None, (), _sorted(built.unsupported), _sorted(built.refused))
    asked = _questionnaire(built, code, model)
    built.unsupported += _of_the_whole(built)
    return Reading(
        asked, tuple(sorted(built.read, key=lambda item: item.row)), _sorted(built.unsupported), _sorted(built.refused)
    )


def _referring(built: Builder, item: Item) -> Item:
    """Words that refer to an answer name the question as it is called here; they are shown as they stand."""

    def called(text: str) -> str:
        return _REFERENCE.sub(lambda found: f"${{{names.get(found[1], found[1])}}}", text)

    names = {name: code.replace(".", "__") for name, (code, _) in built.names.items()}
    hint = Words(called(item.hint.zh), called(item.hint.en)) if item.hint else None
    return replace(item, zh=called(item.zh), en=called(item.en), hint=hint)


def _sorted(remarks: list[Remark]) -> tuple[Remark, ...]:
    order = {"survey": 0, "choices": 1, "settings": 2}
    return capped(sorted(remarks, key=lambda remark: (order.get(remark.sheet, 3), remark.row)))


def _settings_remarks(form: XlsForm) -> list[Remark]:
    if not form.settings:
        return []
    said = {column: value for column, value in form.settings.cells.items() if value}
    return [
        Remark("settings", form.settings.row, form.settings.headings[column], "setting")
        for column in said
        if column not in _SETTINGS | _OWN and not (column in _IDENTITY and said.keys() & _OWN)
    ]


def _unused_lists(built: Builder) -> list[Remark]:
    """Lists of choices that no row asks for, not even one that is not taken."""
    types = [line.get("type") for line in built.form.survey]
    asked = {type_of(text).list_name for text in types} | {text.rpartition(" over ")[2] for text in types}
    return [
        Remark("choices", built.choices.rows[name], "list_name", "list_unused", name, {"n": len(options)})
        for name, options in built.choices.lists.items()
        if name not in asked
    ]


def _of_the_whole(built: Builder) -> list[Remark]:
    found: list[Remark] = []
    if len(built.items) > MOST_ITEMS:
        found.append(Remark("survey", 0, "", "too_many_items", facts={"n": len(built.items), "most": MOST_ITEMS}))
    settings = built.form.settings
    if settings and not fits(one_line(settings.get("form_title")), _LONGEST_TITLE):
        facts = {"most": _LONGEST_TITLE}
        found.append(Remark("settings", settings.row, settings.headings["form_title"], "cut", facts=facts))
    return found


def _questionnaire(built: Builder, code: str, model: Questionnaire) -> Questionnaire:
    own = built.form.settings.get if built.form.settings else lambda _heading: ""
    title = own("form_title")
    named = Words(title if has_chinese(title) else "", "" if has_chinese(title) else title)
    used = {item.screen for item in built.items}
    minutes, version = own("f2f_minutes"), own("f2f_notice_version")
    notice = PrivacyNotice(own("f2f_notice_zh"), own("f2f_notice_en"), int(version) if version.isdecimal() else 1)
    return Questionnaire(
        code=code,
        version=1,
        title=Words(
            cut(one_line(own("f2f_title_zh") or named.zh), _LONGEST_TITLE),
            cut(one_line(own("f2f_title_en") or named.en), _LONGEST_TITLE),
        ),
        purpose=Words(own("f2f_purpose_zh"), own("f2f_purpose_en")),
        minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else max(1, len(built.items) // 5),
        notice=notice if notice.zh else model.notice,
        screens=tuple(screen for screen in built.screens if screen.code in used),
        scales={**model.scales, **built.scales},
        items=tuple(built.items),
    )
