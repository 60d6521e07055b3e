"""How much of what does Slack accept in a call, whatever kinds of blocks it has?"""

BLOCKS_OF_A_MESSAGE = 50
BLOCKS_OF_A_VIEW = 100
# Undocumented: rejected at 11,341 to 13,297 characters, github.com/slackapi/bolt-js/issues/2509
TEXT_OF_ALL_BLOCKS = 12_000
TEXT_OF_A_POST = 40_000
TEXT_OF_AN_UPDATE = 4_000
ROWS_OF_A_TABLE = 100
COLUMNS_OF_A_TABLE = 20
# docs.slack.dev/reference/methods/views.open, error view_too_large
BYTES_OF_A_VIEW = 250_000
# docs.slack.dev/blocks.json, "available-in-surfaces"
IN_MESSAGES_ALONE = ("context_actions", "markdown", "plan", "task_card")
