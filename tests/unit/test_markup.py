"""Components as HTML: people's words stay words, figures stand at their end, and nothing unknown looks known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from pages.parts import markup
from pages.serving import browser
from scoping.drawing import DARK, LIGHT
from scoping.health import Health, Word
from tests.tools import ROOT

EVIL = "<script>alert(1)</script> & \"quotes\" 'too'"
MAKERS: dict[str, Callable[[str], str]] = {
    "text": markup.text,
    "words": markup.words,
    "link": lambda w: markup.link(f'javascript:"{w}', w, w),
    "unknown": lambda w: markup.unknown(w, w),
    "note": markup.note,
    "lead": markup.lead,
    "heading": markup.heading,
    "result": markup.result,
    "badge": lambda w: markup.badge(Health(Word.LATE, w, 3)),
    "chip": lambda w: markup.chip(w, "guess", w),
    "avatar": markup.avatar,
    "opener": lambda w: markup.opener(w, w),
    "card": lambda w: markup.card(w, href=w),
    "banner": markup.banner,
    "empty": markup.empty,
    "table": lambda w: markup.table([w, w], [[w, w]]),
    "fold": lambda w: markup.fold(w, markup.text(w)),
    "facts": lambda w: markup.facts([(w, w, w)]),
}


class Read(HTMLParser):
    """What a browser makes of HTML: tags in order, whether all were closed, the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("name", MAKERS)
def test_words_are_shown_and_never_run(name: str) -> None:
    made = MAKERS[name](EVIL)
    read = Read(made)
    assert "script" not in read.tags
    assert not read.open
    if name not in ("badge", "avatar"):
        assert EVIL in read.said
    assert isinstance(made, markup.Html)


def test_what_is_html_already_is_not_escaped_again() -> None:
    assert markup.text(markup.chip("a")) == markup.chip("a")
    assert markup.chip("a") in markup.table(["What"], [[markup.chip("a")]])


def test_peoples_own_words_turn_nothing_around_them() -> None:
    assert markup.words("بهبود جستجو") == '<bdi dir="auto">بهبود جستجو</bdi>'


@pytest.mark.parametrize("word", Word)
def test_a_badge_has_an_icon_and_the_word(word: Word) -> None:
    made = markup.badge(Health(word, ""))
    assert f'class="badge {word.value}"' in made
    assert word.label in Read(made).said


def test_the_number_of_days_belongs_to_the_word() -> None:
    assert "Late 3 days" in markup.badge(Health(Word.LATE, "", 3))
    assert "Not worked out yet" in markup.badge(None)


def test_a_badge_looks_as_its_component_says() -> None:
    css = browser.FOLDER.joinpath("components.css").read_text("utf-8")
    named = set(re.findall(r"\.badge\.(\w+)|\.badge:is\(([^)]*)\)", css))
    dressed = {one.strip(". ") for pair in named for part in pair for one in part.split(",")}
    assert {word.value for word in Word} - {Word.DRAFT.value} <= dressed


def test_an_avatar_says_who_it_is() -> None:
    assert 'aria-label="Ada Maria Lovelace"' in markup.avatar("Ada Maria Lovelace")
    assert ">AL<" in markup.avatar(" Ada  Maria Lovelace ")
    assert ">A<" in markup.avatar("ada")
    assert "ghost" in markup.avatar("  ")


def test_ranges_of_one_view_share_their_scale() -> None:
    made = markup.range_bar(20, 50, 80, 0, 200)
    assert "inset-inline-start:10.0%;width:30.0%" in made
    assert 'class="tk" style="inset-inline-start:25.0%"' in made
    assert 'class="bar g"' in markup.range_bar(20, 50, 80, 0, 200, guess=True)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_unknown_is_a_dashed_line(value: float | None) -> None:
    made = markup.range_bar(value, value, value, 0, 10)
    assert "rng none" in made
    assert "bar" not in made


@pytest.mark.parametrize(("low", "high", "lo", "hi"), [(5, 5, 5, 5), (-1e300, 1e300, 0, 1), (9, 1, 0, 10)])
def test_a_range_never_leaves_its_line(low: float, high: float, lo: float, hi: float) -> None:
    for percent in re.findall(r"([-\d.]+)%", markup.range_bar(low, low, high, lo, hi)):
        assert 0 <= float(percent) <= 100


def test_figures_stand_at_the_end_of_their_column() -> None:
    made = markup.table(
        ["What", "Cost", "By whom", "How sure"],
        [["Labels", "€1,200", "Ana", "80\u00a0%"], ["Server", "about €2.1 million", "Ben", "–"], ["Sum", "", "", "5 days"]],
        total=True,
    )
    assert made.count("class=n") == 8
    assert "<td class=n>€1,200</td>" in made
    assert "<td>Ana</td>" in made
    assert made.count("class=sum") == 1


def test_a_card_is_opened_by_its_title() -> None:
    made = markup.card("Voice search", markup.note("Owner"), href="home?project=1")
    assert made.count("<a ") == 1
    assert 'href="home?project=1">Voice search</a></h3>' in made
    assert "<a" not in markup.card(markup.text("Voice search"))


def tokens() -> dict[str, tuple[str, str]]:
    """The colours of the design by their names, light and dark."""
    css = browser.FOLDER.joinpath("tokens.css").read_text("utf-8")
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", css)}


def test_the_theme_of_the_page_has_the_colours_of_the_components() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    named = {
        "primaryColor": "pri",
        "backgroundColor": "bg",
        "textColor": "ink",
        "linkColor": "link",
        "borderColor": "line",
        "grayTextColor": "mute",
    }
    for at, shade in enumerate(("light", "dark")):
        assert {key: theme[shade][key] for key in named} == {key: tokens()[name][at] for key, name in named.items()}
        assert theme[shade]["sidebar"]["backgroundColor"] == tokens()["side"][at]


def test_charts_have_the_colours_of_the_components() -> None:
    for at, palette in enumerate((LIGHT, DARK)):
        told = {"ink": palette.ink, "mute": palette.soft, "bg": palette.paper, "soft": palette.grid, "pri": palette.first}
        assert told == {name: tokens()[name][at] for name in told}
