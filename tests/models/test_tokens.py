"""Tokens are counted without a network, exactly where the vocabulary is known."""

import os
from pathlib import Path

import pytest

from bot.models.tokens import TokenCounter


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-9-nova", "o3", "ft:gpt-4o:us", "openai/gpt-5"])
def test_models_of_openai_are_counted_exactly(model: str) -> None:
    counter = TokenCounter(model)
    assert counter.count("Two towns share one tap.") == 6


def test_older_models_have_their_own_vocabulary() -> None:
    text = "Հայաստան"
    assert TokenCounter("gpt-4-turbo").count(text) > TokenCounter("gpt-4o").count(text)


def test_other_makers_models_are_estimated_with_a_margin() -> None:
    counter = TokenCounter("SmolLM2-135M-Instruct")
    assert counter.count("Two towns share one tap.") == 7


def test_special_tokens_in_an_article_are_text() -> None:
    assert TokenCounter("gpt-4o").count("<|endoftext|>") > 1


def test_a_cache_that_was_damaged_is_mended(tmp_path: Path) -> None:
    name = "fb374d419588a4632f3f557e76b4b70aebbca790"
    (tmp_path / name).write_bytes(b"damaged")
    assert TokenCounter("gpt-4o").count("One tap.") == 3
    assert (tmp_path / name).stat().st_size > 3_000_000


def test_without_a_place_for_the_vocabulary_the_length_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", os.fspath(tmp_path / "file" / "below"))
    counter = TokenCounter("gpt-4o")
    assert counter.count("a" * 32) == 10
    assert counter.count("\ud800") == 1


@pytest.mark.parametrize(
    "text", [" " * 1_000_000, "^" * 100_000, ""], ids=["spaces", "signs", "no"]
)
def test_no_text_is_too_strange_to_be_counted(text: str) -> None:
    assert 0 <= TokenCounter("gpt-4o").count(text) <= len(text)
