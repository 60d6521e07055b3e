"""Models behind the OpenAI API: chat, prompts, tokens, the writer and the judge."""
