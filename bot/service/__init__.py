"""The work: from a request to a briefing or an answer, in steps that a crash may repeat."""
