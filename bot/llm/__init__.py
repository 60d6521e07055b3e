"""Writing with a model: prompts, tokens, and any endpoint that speaks OpenAI's Chat Completions."""
