"""Which engines are there: who can write a briefing?"""

from bot.briefing.lines import EXTRACTIVE

APIS = {"openai": "bot.models.openai_api:OpenAI"}
"""How a model can be asked: for each API, where its `bot.models.chat.Api` is imported from."""

ENGINES = (EXTRACTIVE, *APIS)
"""Nobody but the source itself, or a model behind one of the APIs."""
