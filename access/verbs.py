"""What people do and ask: a function of a connection becomes a verb of the store, for those who may.

The keyword argument `actor` must have the permission: Refused('forbidden'). Without one the function asks by itself.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from access.actor import Actor
from db.sql import Connection
from db.store import Store

P = ParamSpec("P")
T = TypeVar("T")
Within = Callable[Concatenate[Connection, P], T]
Verb = Callable[Concatenate[Store, P], T]


def writes(permission: str = "") -> Callable[[Within[P, T]], Verb[P, T]]:
    """What the function writes is one transaction, durable when it returns; where it raises, nothing was written. It
    may run twice, see db.store.
    """
    return lambda fn: _verb(permission, fn, lambda store, ask: store.write(ask))


def reads(permission: str) -> Callable[[Within[P, T]], Verb[P, T]]:
    """What the function reads is one snapshot."""
    return lambda fn: _verb(permission, fn, lambda store, ask: store.read(ask))


def _verb(permission: str, fn: Within[P, T], way: Callable[[Store, Callable[[Connection], T]], T]) -> Verb[P, T]:
    @wraps(fn)
    def verb(store: Store, *args: P.args, **kwargs: P.kwargs) -> T:
        if permission:
            cast(Actor, kwargs["actor"]).must(permission)
        return way(store, lambda con: fn(con, *args, **kwargs))

    first, *others = inspect.signature(fn).parameters.values()
    vars(verb)["__signature__"] = inspect.Signature([first.replace(name="store", annotation=Store), *others])
    return verb
