"""What the codes of an account's second factor follow from."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class SecondFactor:
    """`confirmed_at` None: shown, and no code of it was ever right. `last_step`: no code is taken twice."""

    account_id: str
    secret: str
    confirmed_at: datetime | None
    last_step: int


def of(con: Connection, account_id: str) -> SecondFactor | None:
    return sql.first(con, SecondFactor, "SELECT * FROM second_factor WHERE account_id = $id", {"id": account_id})


def confirmed(con: Connection, account_id: str) -> bool:
    """Whether this account has a device of which a code was right."""
    factor = of(con, account_id)
    return bool(factor and factor.confirmed_at)


def keep(con: Connection, factor: SecondFactor) -> None:
    sql.upsert(con, "second_factor", vars(factor), key=["account_id"])


def forget(con: Connection, account_id: str) -> None:
    sql.run(con, "DELETE FROM second_factor WHERE account_id = $id", {"id": account_id})
