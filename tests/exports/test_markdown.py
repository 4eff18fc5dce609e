import re

import pytest

from scoping.charter import Charter
from scoping.export.markdown import to_markdown
from scoping.sections.problems import Problems
from scoping.sections.project import Project
from tests.exports.filled import filled_charter, paper


def summary(text: str) -> str:
    """The lines between what is asked and the rows of the one page."""
    page = to_markdown(paper(Charter(project=Project(summary=text))))
    return page.split(" one is only read.**\n\n")[1].split("\n\n- **Problem**")[0]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a | b", r"a \| b"),
        ("# no heading", r"\# no heading"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("[a](http://x.org)", r"\[a\](http\://x.org)"),
        ("see www.x.org", r"see www\.x.org"),
        ("**bold** _it_ `code` ~~no~~", r"\*\*bold\*\* \_it\_ \`code\` \~\~no\~\~"),
        ("1. first", r"1\. first"),
        ("12) twelfth", r"12\) twelfth"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("===", r"\==="),
        ("a) first", r"a\) first"),
        ("(iv) fourth", r"(iv\) fourth"),
        ("Table: a caption", r"Table\: a caption"),
        ("ask ana@example.org, or mailto:b.c@x.de", "ask `ana@example.org`, or `mailto:b.c@x.de`"),
        ("H^2^ and @name :smile: {.x}", r"H\^2\^ and \@name \:smile: \{.x}"),
        ("    indented", "indented"),
        ("costs $5 to $6", r"costs \$5 to \$6"),
        (r"back\slash", r"back\\slash"),
        ("3.5 points - good", "3.5 points - good"),
        ("سلام", "سلام"),
    ],
)
def test_what_people_typed_is_shown_literally(typed, written):
    assert summary(typed) == written


def test_line_ends_stay_and_an_empty_line_begins_a_paragraph():
    assert summary("one\n- two\n\n\nthree") == "one\\\n\\- two\n\nthree"


def test_a_cell_stays_in_its_row():
    charter = filled_charter()
    part = charter.problems
    goal = part.goals[0].model_copy(update={"statement": "a|b\n\nc"})
    page = to_markdown(paper(charter.with_part("problems", part.model_copy(update={"goals": (goal,)}))))
    (line,) = [line for line in page.split("\n") if "a\\|b <br>  <br> c" in line]
    assert line.startswith("| ")


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    rows = re.findall(r"(?:^\|.*\n?)+", to_markdown(paper(filled_charter())), re.MULTILINE)
    assert len(rows) > 10
    for table in rows:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.strip().split("\n")}) == 1


def test_a_draft_says_so_at_the_top_with_its_reasons():
    page = to_markdown(paper(Charter(project=Project(decision_asked="Release two people"))))
    assert (
        page.index("**DRAFT**") < page.index("# 1.") < page.index("What is missing to sign") < page.index("Name the project owner")
    )


def test_gaps_and_unknown_answers_are_marked():
    page = to_markdown(paper(Charter(problems=Problems(unknown=("in_scope",)))))
    assert "> **Not known yet:** The team has no answer yet to “In scope”." in page
    assert "> **Missing:** “Out of scope” is not answered yet." in page


def test_the_same_charter_gives_the_same_text():
    charter = filled_charter()
    assert to_markdown(paper(charter)) == to_markdown(paper(charter))
