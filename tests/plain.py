"""A browser without script or style: it keeps cookies, follows redirects, fills in forms, presses buttons."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from pages.shared import here
from tests.access import test_routes


class PlainBrowser:
    """`page` is what the last answer holds; `fields` those of its forms by name; `address` where it is."""

    def __init__(self, *, language="zh", session=None, address="198.51.100.7"):
        self.cookies = {here.LANGUAGE_COOKIE: language} | ({here.SESSION_COOKIE: session} if session else {})
        self.network, self.address = address, "/"
        self.answer: Any = None
        self.page: Any = None

    def open(self, path):
        return self._ask("GET", path)

    def press(self, do, *, files=(), **filled):
        """The button that does this, in its form, with these fields filled in. A field that is no more is a mistake."""
        form = next(one for one in self.page.forms if do in one.buttons)
        values = dict(form.values)
        for name, given in filled.items():
            assert name in form.names, f"{name} is none of {sorted(form.names)}"
            values[name] = list(given) if isinstance(given, (list, tuple)) else [given] if given is not None else []
        pairs = [(name, one) for name, given in values.items() for one in given] + [("do", do)]
        return self._ask("POST", form.action, form=pairs, files=files if form.takes_files else None)

    def _ask(self, method, path, form=None, files=None):
        origin = {"origin": f"http://{test_routes.HOST}"} if form is not None else {}
        path = urljoin(self.address, path).partition("#")[0]
        answer = test_routes.ask(
            method, path, form=form, files=files, cookies=self.cookies, address=self.network, **origin
        )
        self.cookies |= {name: one.value for name, one in answer.cookies.items()}
        self.address = path
        if answer.status == 303:
            return self._ask("GET", answer.headers["location"])
        self.answer, self.page = answer, read(answer.text)
        return self


def read(html):
    """.forms (.action, .values, .names, .buttons, .choices), .title, .text, .links."""
    found = _Reader()
    found.feed(html)
    return SimpleNamespace(
        forms=found.forms, title=found.title.strip(), text=" ".join("".join(found.words).split()), links=found.links
    )


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.links, self.words, self.title = [], [], [], ""
        self.inside: list[str] = []
        self.select = self.textarea = ""

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        self.inside.append(tag)
        if tag == "a":
            self.links.append(facts.get("href", ""))
        elif tag == "form":
            self.forms.append(
                SimpleNamespace(
                    action=facts["action"],
                    values={},
                    names=set(),
                    buttons=[],
                    choices={},
                    takes_files="enctype" in facts,
                )
            )
        elif self.forms:
            self._field(tag, facts, self.forms[-1])

    def _field(self, tag, facts, form):
        name, kind = facts.get("name", ""), facts.get("type", "text")
        if tag == "button":
            form.buttons.append(facts.get("value", ""))
        elif tag == "select":
            self.select = name
            form.names.add(name)
        elif tag == "option" and self.select:
            form.choices.setdefault(self.select, []).append(facts["value"])
            if "selected" in facts or self.select not in form.values:
                form.values[self.select] = [facts["value"]]
        elif tag == "textarea":
            self.textarea = name
            form.names.add(name)
            form.values[name] = [""]
        elif tag == "input" and name and kind != "file":
            form.names.add(name)
            if kind in ("radio", "checkbox"):
                form.choices.setdefault(name, []).append(facts["value"])
                if "checked" in facts:
                    form.values.setdefault(name, []).append(facts["value"])
            else:
                form.values.setdefault(name, []).append(facts.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = ""
        if tag == "select":
            self.select = ""
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "title" in self.inside:
            self.title += data
        elif self.textarea:
            text = data.removeprefix("\n") if not self.forms[-1].values[self.textarea][0] else data
            self.forms[-1].values[self.textarea][0] += text
        elif not {"style", "script"} & set(self.inside):
            self.words.append(data + " ")
