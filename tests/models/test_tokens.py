"""Tokens are counted offline, exactly if the vocabulary is known."""

import pytest

from bot.models.tokens import TokenCounter


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-9-nova", "o3", "ft:gpt-4o:us", "openai/gpt-5"])
def test_tokens_of_openai_models_are_counted_exactly(model: str) -> None:
    assert TokenCounter(model).count("Two towns share one tap.") == 6


@pytest.mark.parametrize("model", ["SmolLM2-135M-Instruct", "gpt-4-turbo", "gpt-3.5-turbo"])
def test_other_vocabularies_are_estimated_with_a_margin(model: str) -> None:
    assert TokenCounter(model).count("Two towns share one tap.") == 7


def test_words_are_tokenised_as_by_the_endpoint() -> None:
    text = "DON’T pay 1,234,567 AED!\n\n  Շատ  շնորհակալ եմ, it's «well-known»"
    assert TokenCounter("gpt-4o").count(text) == 24


def test_special_tokens_in_an_article_are_text() -> None:
    assert TokenCounter("gpt-4o").count("<|endoftext|>") > 1


@pytest.mark.parametrize(
    "text",
    [" " * 1_000_000, "^" * 100_000, "", "\ud800"],
    ids=["spaces", "signs", "no", "surrogate"],
)
def test_any_text_can_be_counted(text: str) -> None:
    assert 0 <= TokenCounter("gpt-4o").count(text) <= 4 * len(text)
