"""The page of a citation: its picture, its numbers, what they mean, whether they still stand, and how to take them."""

from itertools import starmap

from starlette.responses import HTMLResponse

import i18n
from db.figures import citations
from db.figures.citations import Cited
from insight.citing import given
from insight.citing.said import Statement, from_json, plain_brush
from insight.citing.standing import Superseded
from insight.drawing.colours import palette
from insight.drawing.svg import NARROW, WIDTH, svg
from pages.citing.listed import CITING
from pages.shared.here import store
from pages.shared.markup import Markup
from pages.web.public_page import public_page

SHOWN = 20  # citations of the same figure that are listed
_section = Markup('<h2 class="f2f-section">{}</h2>').format


def citation_page(
    one: Cited, language: i18n.Language, standing: Superseded | None, *, public: bool, site: str
) -> HTMLResponse:
    said = from_json(one.content)
    earlier = store().read(lambda con: citations.versions(con, one.kind, one.code, one.asked, most=SHOWN))
    body = [_stands(one, earlier[0], standing, language), _picture(said, language), _facts(one, said, site, language)]
    body += [_files(one, language), _embed(one, site, said, language) if public else "", _numbers(said, language)]
    body += [_earlier(one, earlier, language)]
    return public_page(language, said.title[language], Markup().join(body), style=CITING + _dark(), back=one.path)


def _stands(one: Cited, newest: Cited, standing: Superseded | None, language: str) -> Markup:
    words = given.over(standing, language) if standing else i18n.text("cite.stands", language)
    line = Markup('<p class="f2f-stands{}">{}</p>').format(" f2f-over" if standing else "", words)
    if newest.path == one.path:
        return line
    told = i18n.text("cite.newer", language, day=i18n.day(newest.as_of, language))
    return line + Markup('<p><a class="f2f-newer" href="{}">{}</a></p>').format(newest.path, told)


def _picture(said: Statement, language: str) -> Markup:
    """The page's own heading is its title; a phone has one of its own width."""
    drawn, brush = given.chart(said, language), plain_brush(language)
    pictures = (svg(drawn, [], brush, width=width, titled=False) for width in (WIDTH, NARROW))
    return Markup('<figure class="f2f-cited">{}{}</figure>').format(*pictures)


def _dark() -> Markup:
    """The picture in the other scheme: each of its colours by its partner."""
    light, dark = (vars(palette(dark=scheme)) for scheme in (False, True))
    pairs = {light[name]: dark[name] for name in ("text", "quiet", "line", "card", "blue")}
    rules = Markup().join(
        Markup('.f2f-cited [fill="{0}"] {{ fill: {1} }} .f2f-cited [stroke="{0}"] {{ stroke: {1} }}\n').format(*pair)
        for pair in pairs.items()
    )
    return Markup("@media (prefers-color-scheme: dark) {{ {} }}").format(rules)


def _facts(one: Cited, said: Statement, site: str, language: str) -> Markup:
    revision = i18n.text("cite.revision", language, day=i18n.day(one.as_of, language), revision=one.n)
    link = Markup('<a href="{0}">{1}{0}</a>').format(one.path, site)
    told = {
        "address": Markup("{}<br>{}").format(link, i18n.text("cite.frozen", language)),
        "definition": said.definition[language],
        "source": Markup("{}<br>{}<br><small>{}</small>").format(
            said.source[language], revision, i18n.text("cite.hash", language, hash=one.hash)),
    }  # fmt: skip
    rows = (Markup("<dt>{}</dt><dd>{}</dd>").format(i18n.text(f"cite.{name}", language), words)
            for name, words in told.items())  # fmt: skip
    return Markup('<dl class="f2f-told">{}</dl>').format(Markup().join(rows))


def _files(one: Cited, language: str) -> Markup:
    path, _, asked = one.path.partition("?")
    named = {f"{path}.{kind}" + (f"?{asked}" if asked else ""): i18n.text(f"cite.{kind}", language)
             for kind in given.KINDS}  # fmt: skip
    links = Markup().join(starmap(Markup('<a class="f2f-file" href="{}">{}</a>').format, named.items()))
    return _section(i18n.text("cite.take", language)) + Markup('<p class="f2f-files">{}</p>').format(links)


def _embed(one: Cited, site: str, said: Statement, language: str) -> Markup:
    """A picture is all that another site's page needs: no script of ours, and nothing that it could open."""
    newest = f"{site}/cite/{one.kind}/{one.code}"
    code = Markup('<a href="{0}"><img src="{0}.svg?lang={1}" alt="{2}"></a>').format(
        newest, language, said.name[language]
    )
    return _section(i18n.text("cite.embed", language)) + Markup(
        '<p class="f2f-source">{}</p><pre class="f2f-code">{}</pre>'
    ).format(i18n.text("cite.embed_how", language), str(code))


def _numbers(said: Statement, language: str) -> Markup:
    head = Markup().join(Markup('<th scope="col">{}</th>').format(i18n.text(f"cite.column.{name}", language))
                         for name in ("period", "shown"))  # fmt: skip
    row = Markup('<tr><th scope="row">{}</th><td>{}</td></tr>')
    newest = said.points[: -given.SHOWN - 1 : -1]
    rows = Markup().join(row.format(one.when(language), one.shown[language]) for one in newest)
    table = Markup('<table class="f2f-numbers"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, rows)
    more = i18n.text("cite.more", language, n=len(said.points)) if len(said.points) > given.SHOWN else ""
    return _section(i18n.text("cite.numbers", language)) + table + Markup('<p class="f2f-source">{}</p>').format(more)


def _earlier(one: Cited, found: list[Cited], language: str) -> Markup:
    """Also those that were superseded: each stays where it is."""
    if len(found) < 2:
        return Markup()
    line = Markup('<li><a href="{}"{}>{}</a> <span>{}</span></li>')
    lines = Markup().join(
        line.format(
            each.path, Markup(' aria-current="page"') if each.path == one.path else "",
            from_json(each.content).last.shown[language],
            i18n.text("cite.revision", language, day=i18n.day(each.as_of, language), revision=each.n),
        )
        for each in found
    )  # fmt: skip
    return _section(i18n.text("cite.earlier", language)) + Markup('<ul class="f2f-earlier">{}</ul>').format(lines)
