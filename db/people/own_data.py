"""All that is kept of an enterprise by its name, as it may take it along (Personal Information Protection Law, Article
45): what it said, what it was told, who it is here. What others noted for themselves is theirs."""

from db import sql
from db.scope import Scope
from db.sql import Connection, Row

_OF = "t.enterprise_id = $scope_key"
_OF_CASES = "t.case_id IN (SELECT c.id FROM cases c WHERE c.enterprise_id = $scope_key)"
# table → which columns of which rows
_TOLD = {
    "enterprise": ("uscc name_zh name_en sector_code town_code size foreign_funded contact_name contact_phone "
                   "created_at", "t.id = $scope_key"),
    "account": ("login name active created_at disabled_at", _OF),
    "contact": ("channel_url language active", "t.owner_id = $scope_key OR t.owner_id IN "
                "(SELECT a.id FROM account a WHERE a.enterprise_id = $scope_key)"),
    "cases": ("number kind category title text channel language notice_version state answer_kind answer_text "
              "answer_translated rating submitted_at settled_at closed_at promised_on", _OF),
    "attachment": ("name media_type size sha256 created_at", f"{_OF_CASES} AND t.told IS NOT FALSE"),
    "attendance": ("person_name kind organisation country", _OF),
    "agenda_item": ("title speaker answer_kind words promised_on", _OF),
    "participation": ("number notice_version submitted_at source", _OF),
    "visit": ("day place asked body_code recorded_at said_at said_asked felt said named", _OF),
    "sample_unit": ("stratum size", _OF),
    "policy_beneficiary": ("benefited_on", "t.uscc IN (SELECT e.uscc FROM enterprise e WHERE e.id = $scope_key)"),
}  # fmt: skip


def of(con: Connection, scope: Scope) -> dict[str, list[Row]]:
    """By table; nothing for whoever is not the enterprise itself. The answers of surveys stand under nobody's name, so
    none are here."""
    if scope.kind != "enterprise":
        return {}
    return {table: _rows(con, scope, table, columns.split(), where) for table, (columns, where) in _TOLD.items()}


def _rows(con: Connection, scope: Scope, table: str, columns: list[str], where: str) -> list[Row]:
    places = ", ".join(str(place) for place, _ in enumerate(columns, 1))
    statement = f"SELECT {', '.join(columns)} FROM {table} t WHERE {where} ORDER BY {places}"
    return sql.rows(con, statement, {"scope_key": scope.key})
