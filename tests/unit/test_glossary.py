import pytest

from scoping.content.glossary import pieces, term, terms

OF_THE_DESIGN = (
    "rung", "slice", "canary", "blue-green", "p95", "baseline", "input x", "target y", "RICE", "WSJF", "pre-mortem", "metric ladder",
    "A/B test", "shadow", "NPV", "payback", "80 % interval", "confidence interval", "draws", "seed", "human-level performance",
    "mitigation", "drift", "stakeholder", "kill criteria", "rubric",
)  # fmt: skip


@pytest.mark.parametrize("word", OF_THE_DESIGN)
def test_every_word_that_people_may_not_know_has_a_plain_one_and_a_sentence(word: str) -> None:
    meant = term(word)
    assert meant.say
    assert meant.means.endswith(".")


def test_no_form_of_a_word_is_explained_twice() -> None:
    forms = [form.casefold() for t in terms() for form in (t.word, *t.also)]
    assert len(forms) == len(set(forms))


def test_an_explanation_is_one_sentence() -> None:
    assert [t.word for t in terms() if ". " in t.means or len(t.means) > 160] == []


def test_a_sentence_is_cut_at_the_words_that_are_explained_and_nothing_is_lost() -> None:
    cut = list(pieces("Of each slice the HLP, by slice"))
    assert "".join(text for text, _ in cut) == "Of each slice the HLP, by slice"
    assert [(text, meant.word) for text, meant in cut if meant] == [("slice", "slice"), ("HLP", "human-level performance")]


@pytest.mark.parametrize("sentence", ["Prices rise", "A sliced loaf", "Labelled", "non-canary"])
def test_a_word_inside_another_is_left_alone(sentence: str) -> None:
    assert list(pieces(sentence)) == [(sentence, None)]


def test_a_word_that_nobody_explained_is_refused() -> None:
    with pytest.raises(KeyError):
        term("loaf")
