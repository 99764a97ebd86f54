"""Fills a Word template, as limited work: see documents.fill.

A template is a program of sorts. It runs in a sandbox without functions; nested loops and joined words could still ask
for any amount of memory or time.
"""

import io
import re
import zipfile
from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casework.documents.template_check import LARGEST_OPENED, check_file
from db.refused import Refused

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # what a part's date in the archive is set to: one content, one file
_FILTERS = ("default", "escape", "e", "first", "join", "last", "length", "lower", "replace", "round", "trim", "upper")


def filled(template: bytes, facts: dict[str, Any]) -> bytes:
    """What was made is looked at too: a template may leave out what parted two harmless pieces."""
    check_file(template)
    made = _steady(_rendered(template, facts))
    check_file(made, opened=2 * LARGEST_OPENED)
    return made


def _rendered(template: bytes, facts: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate  # here: papers alone need it

    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(facts, _Sandbox(), autoescape=True)
        document.save(out)
    except UndefinedError as error:
        named = re.findall(r"'([^']+)'", error.message or "")
        raise Refused("template_field", field=named[-1] if named else "?") from error
    except TemplateError as error:
        raise Refused("template_syntax") from error
    except MemoryError:
        raise
    except Exception as error:  # a hand-made file breaks the libraries in many ways
        raise Refused("template_unreadable") from error
    return out.getvalue()


class _Sandbox(ImmutableSandboxedEnvironment):
    """No functions, few filters, no arithmetic that makes large things out of small ones."""

    intercepted_binops = frozenset({"*", "**", "%", "//"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals = {}
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def call_binop(self, context: object, operator: str, left: object, right: object) -> NoReturn:
        raise TemplateError(f"'{operator}' is not used in a template")

    def is_safe_callable(self, obj: object) -> bool:
        return False

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """A loop within a loop could make a document without end."""
        parsed = super()._parse(source, name, filename)
        if any(loop.find(nodes.For) for loop in parsed.find_all(nodes.For)):
            raise TemplateError("a loop within a loop is not used in a template")
        return parsed


def _steady(content: bytes) -> bytes:
    """The archive with the same dates each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            steady = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            steady.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(steady, old.read(part))
    return out.getvalue()
