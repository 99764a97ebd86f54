"""One enterprise of the register as somebody writes it, in a file's row or a form: what each word means."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import phonenumbers
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from access.typed import one_line, proper_name
from db import references
from db.people import enterprises
from db.refused import Refused
from db.sql import Connection
from intake.files.imports import Finding, Outcome, capped, faults, headed, shown
from intake.files.returned import returned
from intake.files.spreadsheets import Row, as_text, folded
from intake.files.upload import Upload
from intake.words import fits

# field of a file or a form → attribute of the record
ATTRIBUTES = {
    "name_zh": "name_zh",
    "name_en": "name_en",
    "uscc": "uscc",
    "sector": "sector_code",
    "town": "town_code",
    "size": "size",
    "foreign": "foreign_funded",
    "officer": "officer_id",
    "contact": "contact_name",
    "phone": "contact_phone",
}
FIELDS = tuple(ATTRIBUTES)
REQUIRED = ("name_zh", "uscc", "sector", "town", "size")
_HEADINGS: dict[str, tuple[str, ...]] = {
    "name_zh": ("企业名称", "名称", "name_zh", "name (chinese)", "chinese name", "name", "enterprise name"),
    "name_en": ("英文名称", "name_en", "name (english)", "english name"),
    "uscc": ("统一社会信用代码", "信用代码", "统一社会信用代码(18位)", "uscc", "unified social credit code"),
    "sector": ("行业", "行业代码", "所属行业", "sector", "industry"),
    "town": ("镇街", "镇(街道)", "所属镇街", "所在镇街", "所属镇(街道)", "town"),
    "size": ("规模", "企业规模", "size"),
    "foreign": ("外资", "是否外资", "foreign", "foreign-funded", "foreign_funded"),
    "officer": ("服务员", "驻企服务员", "officer", "service officer"),
    "contact": ("联系人", "企业联系人", "联系人姓名", "contact", "contact name"),
    "phone": ("联系电话", "联系方式", "电话", "手机", "联系人电话", "phone", "telephone", "contact phone"),
}
HEADINGS = {folded(words): name for name, all_words in _HEADINGS.items() for words in all_words}

SIZES = ("large", "medium", "small", "micro")
_SIZE_WORDS = {
    **dict.fromkeys(("大型", "大", "大型企业", "large"), "large"),
    **dict.fromkeys(("中型", "中", "中型企业", "medium", "mediumsized"), "medium"),
    **dict.fromkeys(("小型", "小", "小型企业", "small"), "small"),
    **dict.fromkeys(("微型", "微", "微型企业", "micro"), "micro"),
}
# How offices write that there is nothing. A mask, '****', is not nothing; '*' alone is.
_MISSING = re.compile(
    r"[-‐-―/\\.。·…?\s]*|\*|[-‐-―(\[<]*(?:(?:暂?无|没有)(?:此项|电话|手机|座机|联系人|联系方式)?|暂缺|保密|不详"
    r"|未[填知留]|未提供|未填写|待[补定]|待补充|空缺?|#?n/?a|#(?:ref|value|name|num|null|div/0)[!?]|none|null|nil)[-‐-―)\]>。]*",
    re.IGNORECASE,
)
_AS_ABOVE = re.compile(r"[(\[]?(?:同[上前](?:一?行)?|〃|ditto)[)\]。.]?", re.IGNORECASE)
_NOUGHT = re.compile(r"0+(?:\.0+)?")  # of an empty cell that a formula took over
# As Excel saves a long number in a CSV: the last digits are gone.
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{15}000", re.IGNORECASE)
_GUARDS = "=\"'`‘’“” "  # around a text that Excel should not take for a number
_EXTENSION = re.compile(r"(.*\d)\s*(?:转?\s*分机|转|ext\.?|[-#x(*])\s*(\d{1,6})\)?", re.IGNORECASE)
_REMARKED = re.compile(r"(.*\d)\s*[(\[]\s*([^\d()\[\]]{1,20})[)\]]")  # 13800005678 (王某)
_LOCAL = re.compile(r"[2-8]\d{2,3}[- ]?\d{4}")  # as dialled in the town
_SHORT_NUMBER = re.compile(r"9[56]\d{3,6}")  # of a service: 95588
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.0+)?|\d+\.0+")  # a number, as a spreadsheet shows it
_LETTER = re.compile(r"[^\W\d_]")
_CODE_CALLED = re.compile(r"^(?:统一)?(?:社会)?信用代码:")
_CALLED = re.compile(r"^(?:tel|phone|mobile|(?:联系|办公)?电话|手机号?码?|座机|固话)\.?[: ]*(?=[\d+(])", re.IGNORECASE)
_AREA = re.compile(r"\(?(0[1-9]\d{1,2})[)\- ]")
_NUMBER_WITHIN = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\(?0\d{2,3}\)?[- ]?[2-8]\d{6,7}|[2-8]\d{6,7})(?!\d)")
_LONG = re.compile(r"\d{5}")  # no extension is as long
_BETWEEN = (re.compile(r"\s*(?:[/、,;|]|或|和)\s*"), re.compile(r"\s+"))  # two telephones of one cell
_YES = {"是", "外资", "有", "y", "yes", "true", "1", "foreign"}
_NO = {"", "否", "内资", "无", "n", "no", "false", "0", "domestic"}

LONGEST_NAME = 100
_CODE_LENGTH, _FEWEST_DIGITS = 18, 5  # of a credit code; of a telephone, as 95588
LONGEST_CONTACT = 40
# The template's example row: fictitious, and told from a real one by its code.
EXAMPLE_USCC = uscc.validate("91330600MA0EXAMP1" + uscc.calc_check_digit("91330600MA0EXAMP1"))


@dataclass(frozen=True)
class RegisterLists:
    """What a row is read against: folded word → code or id."""

    sectors: Mapping[str, str]
    sections: frozenset[str]  # words of whole sections, which are too wide
    towns: Mapping[str, str]
    officers: Mapping[str, str]

    @staticmethod
    def of(con: Connection) -> "RegisterLists":
        sectors = references.items(con, "sector", active_only=True)
        divisions = [sector for sector in sectors if sector.parent]
        words = {
            _plain(word): s.code
            for s in divisions
            for word in (s.code, s.code[1:], s.name_zh, s.name_en, f"{s.code}{s.name_zh}")
        }
        sections = [_plain(word) for s in sectors if not s.parent for word in (s.code, s.name_zh, s.name_en)]
        towns = references.items(con, "town", active_only=True)
        named = {_plain(word): town.code for town in towns for word in (town.code, town.name_zh, town.name_en)}
        named |= {_plain(_short(town.name_zh)): town.code for town in towns}
        officers = {officer.login: officer.id for officer in enterprises.officers(con)}
        return RegisterLists(words, frozenset(sections) - set(words), named, officers)


@dataclass(frozen=True)
class RowRead:
    """One row of which nothing is refused: what it says by attribute."""

    number: int
    values: dict[str, Any]


def read_rows(upload: Upload, lists: RegisterLists) -> Outcome[RowRead]:
    """The file by itself, as limited work. Raises Refused('file_…')."""
    table, columns, of_all = headed(upload, HEADINGS, REQUIRED)
    if of_all.refused:
        return of_all
    read: list[RowRead] = []
    without = [] if lists.towns else [Finding(0, "town", "towns_missing")]
    refusals = capped([*without, *_rows_read(table.rows, columns, lists, read)])
    return Outcome(tuple(read), refusals, of_all.warnings)


def returned_rows(upload: Upload, lists: RegisterLists, language: str) -> bytes:
    """The file's refused rows with their reasons, as limited work."""
    table, columns, _ = headed(upload, HEADINGS, REQUIRED)
    return returned(upload, table, _rows_read(table.rows, columns, lists, []), language)


def _rows_read(
    rows: Iterable[Row], columns: Mapping[str, str], lists: RegisterLists, read: list[RowRead]
) -> Iterator[Finding]:
    """What is refused, row after row, so that no more is kept of it than is listed; `read` takes the other rows."""
    first: dict[str, int] = {}
    for row in rows:
        values, wrong = read_fields({name: row.cells.get(column) for name, column in columns.items()}, lists)
        if not lists.towns:  # said once, not of each row
            wrong.pop("town", None)
        found = faults(row, columns, wrong.items())
        code = values.get("uscc")
        if code and (other := first.setdefault(code, row.number)) != row.number:
            found.append(Finding(row.number, "uscc", "uscc_in_file", {"other": other}))
        if not found and lists.towns:
            read.append(RowRead(row.number, values))
        yield from found


def read_fields(cells: Mapping[str, object], lists: RegisterLists) -> tuple[dict[str, Any], dict[str, Refused]]:
    """({attribute: value}, {field: refusal}) for the fields that `cells` has."""
    values: dict[str, Any] = {}
    refused: dict[str, Refused] = {}
    for name, cell in cells.items():
        try:
            if _AS_ABOVE.fullmatch(unicodedata.normalize("NFKC", as_text(cell)).strip()):
                raise Refused("as_above", value=shown(as_text(cell)))
            nothing = is_nothing(cell) or (name != "uscc" and _NOUGHT.fullmatch(as_text(cell)))
            values[ATTRIBUTES[name]] = _READERS[name](None if nothing else cell, lists)
        except Refused as refusal:
            refused[name] = refusal
    return values, refused


def is_nothing(cell: object) -> bool:
    """Whether a cell is empty or says in an office's words that there is nothing: —, 无, N/A."""
    return bool(_MISSING.fullmatch(unicodedata.normalize("NFKC", as_text(cell))))


def _name(cell: object, *, required: bool) -> str:
    name = proper_name(as_text(cell))
    if required and not name:
        raise Refused("blank")
    if not fits(name, LONGEST_NAME):
        raise Refused("too_long", most=LONGEST_NAME)
    return name


def read_credit_code(cell: object) -> str:
    """Raises Refused('blank' | 'uscc_as_number' | 'uscc_wrong' | 'example_row')."""
    text = unicodedata.normalize("NFKC", one_line(as_text(cell))).strip(_GUARDS).replace(" ", "").replace("-", "")
    text = _CODE_CALLED.sub("", text).upper()
    if not text:
        raise Refused("blank")
    if isinstance(cell, float) or _SHORTENED.fullmatch(text):
        raise Refused("uscc_as_number", value=shown(text))
    try:
        code = uscc.validate(text if len(text) == _CODE_LENGTH else "")
    except ValidationError:
        raise Refused("uscc_wrong", value=shown(text)) from None
    if code == EXAMPLE_USCC:
        raise Refused("example_row")
    return code


def _listed(cell: object, word: str, known: Mapping[str, str], unknown: str) -> str:
    """What the word is the name of; `unknown` is refused where no list has it."""
    if not word:
        raise Refused("blank")
    if word not in known:
        raise Refused(unknown, value=shown(as_text(cell)))
    return known[word]


def _sector(cell: object, lists: RegisterLists) -> str:
    word = _plain(cell)
    return _listed(cell, word, lists.sectors, "sector_too_wide" if word in lists.sections else "sector_unknown")


def _foreign(cell: object) -> bool:
    if isinstance(cell, bool):
        return cell
    word = folded(cell)
    if word not in _YES | _NO:
        raise Refused("foreign_unclear", value=shown(as_text(cell)))
    return word in _YES


def _officer(cell: object, lists: RegisterLists) -> str | None:
    login = one_line(as_text(cell))
    if login and login not in lists.officers:
        raise Refused("officer_unknown", value=shown(login))
    return lists.officers[login] if login else None


def _contact(cell: object) -> str | None:
    contact = proper_name(as_text(cell))
    if contact and not any(map(str.isalnum, contact)):  # a mask
        raise Refused("contact_wrong", value=shown(contact))
    if not fits(contact, LONGEST_CONTACT):
        raise Refused("too_long", most=LONGEST_CONTACT)
    return contact or None


def read_telephone(cell: object) -> str | None:
    """Digits as dialled in China, or +… for a number abroad, and the extension: 057588880001-801. Several stand apart
    (13800005678 / 057588880001), and what is said of one in brackets stays behind it."""
    text = unicodedata.normalize("NFKC", one_line(as_text(cell))).strip(_GUARDS)
    if not text:
        return None
    if _SHORTENED.fullmatch(text):
        raise Refused("phone_as_number", value=text)
    if _GROUPED.fullmatch(text):
        text = text.partition(".")[0].replace(",", "")
    text = bare if not _LETTER.search(bare := _CALLED.sub("", text)) else text
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:  # no need to ask what number it is
        raise Refused("phone_wrong")
    found = _telephone(text) or next(filter(None, (_telephones(between.split(text)) for between in _BETWEEN)), None)
    found = found or _as_written(text)
    if not found:
        raise Refused("phone_wrong")
    return found


def _as_written(text: str) -> str | None:
    """A text with telephones in it and no other long number, 手机13800005678 座机84120000 or 84120000转801或802."""
    said = _NUMBER_WITHIN.findall(text)
    whole = said and all(map(_dialled, said)) and not _LONG.search(_NUMBER_WITHIN.sub("", text))
    return text if whole and "**" not in text and fits(text, LONGEST_CONTACT) else None


def _telephones(parts: Sequence[str]) -> str | None:
    """All of them, or None: a second local number has the first one's area code."""
    area = _AREA.match(parts[0])
    whole = [area[1] + part if area and _LOCAL.fullmatch(part) else part for part in parts]
    found = [_telephone(part) for part in whole]
    return " / ".join(one for one in found if one) if all(found) else None


def _telephone(text: str) -> str | None:
    """One of them, with its extension or remark."""
    if found := _dialled(text):
        return found
    if (split := _EXTENSION.fullmatch(text)) and (main := _dialled(split[1])):
        return f"{main}-{split[2]}"
    remarked = _REMARKED.fullmatch(text)
    main = _telephone(remarked[1]) if remarked else None
    return f"{main} ({remarked[2].strip()})" if remarked and main else None


def _dialled(text: str) -> str | None:
    if _LOCAL.fullmatch(text) or _SHORT_NUMBER.fullmatch(text):
        return re.sub(r"\D", "", text)
    if _LETTER.search(text):  # 王总13800005678: the words stay
        return None
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.extension or "*" in text:
        return None
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(c for c in national if c.isdigit())


_READERS: dict[str, Callable[[object, RegisterLists], Any]] = {
    "name_zh": lambda cell, _: _name(cell, required=True),
    "name_en": lambda cell, _: _name(cell, required=False),
    "uscc": lambda cell, _: read_credit_code(cell),
    "sector": _sector,
    "town": lambda cell, lists: _listed(cell, _plain(cell), lists.towns, "town_unknown"),
    "size": lambda cell, _: _listed(cell, folded(cell) or as_text(cell), _SIZE_WORDS, "size_unknown"),
    "foreign": lambda cell, _: _foreign(cell),
    "officer": _officer,
    "contact": lambda cell, _: _contact(cell),
    "phone": lambda cell, _: read_telephone(cell),
}


def _plain(word: object) -> str:
    """Folded, and without accents: Lüshan is often written Lushan."""
    apart = unicodedata.normalize("NFD", as_text(word))
    return folded(apart if apart.isalnum() else "".join(c for c in apart if unicodedata.category(c) != "Mn"))


def _short(town: str) -> str:
    """城关 for 城关街道, 东山 for 东山镇."""
    return town.removesuffix("街道").removesuffix("镇").removesuffix("乡")
