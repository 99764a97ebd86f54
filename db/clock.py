"""Instants are UTC without a zone; days are days in Asia/Shanghai. The only places where the two meet."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, UTC without a zone. Only pages, routes and command lines ask for it."""
    return datetime.now(UTC).replace(tzinfo=None)


def seconds(at: datetime) -> int:
    """Since 1970, as other clocks count them."""
    return int(at.replace(tzinfo=UTC).timestamp())


def local(at: datetime) -> datetime:
    """The same instant on a clock in Shanghai, with its zone."""
    return at.replace(tzinfo=UTC).astimezone(SHANGHAI)


def instant(there: datetime) -> datetime:
    """UTC without a zone, of what a clock in Shanghai shows."""
    return there.replace(tzinfo=SHANGHAI).astimezone(UTC).replace(tzinfo=None)


def day_of(at: datetime) -> date:
    """The day in Shanghai on which the instant falls."""
    return local(at).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a Shanghai day, UTC without a zone."""
    return instant(datetime.combine(day, time()))


def end_of_day(day: date) -> datetime:
    """The first instant after a Shanghai day: `at < end_of_day(d)` means 'on or before d'."""
    return start_of_day(day + timedelta(days=1))


def day_in_sql(instant: str) -> str:
    """The Shanghai day of an instant, in SQL: the zone has had one offset since 1991. INTERVAL costs twice as much."""
    return f"CAST(make_timestamp(epoch_us({instant}) + {8 * 3_600_000_000}) AS DATE)"
