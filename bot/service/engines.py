"""The engines: what can write a briefing."""

from bot.briefing.lines import EXTRACTIVE

APIS = {"openai": "bot.models.openai_api:OpenAI"}
"""The APIs of models: for each, where its `bot.models.chat.Api` is imported from."""

ENGINES = (EXTRACTIVE, *APIS)
"""The extractive engine, which uses no model, or a model behind one of the APIs."""
