"""The metrics for Prometheus.

The figures are those of one process, and say nothing about people, channels or sources.
"""

import time

from prometheus_client import Counter, Gauge, Histogram

# What nobody should wait for, up to Slack's limit of 3 seconds.
_AT_ONCE = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
# What people wait for: a first sign, a reply.
_SOON = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640)

MENTIONS = Counter(
    "readout_mentions", "Mentions received; again: a second delivery of one.", ["outcome"]
)
ACKNOWLEDGED = Histogram(
    "readout_acknowledge_seconds", "From an event to its acknowledgement.", buckets=_AT_ONCE
)
FIRST_SIGN = Histogram(
    "readout_first_sign_seconds", "From a message, by Slack's clock, to the sign.", buckets=_SOON
)
REPLY = Histogram(
    "readout_reply_seconds", "From a message, by Slack's clock, to its reply.", buckets=_SOON
)
REPLIES = Counter(
    "readout_replies", "Replies posted: briefing, answer, notice, given_up.", ["kind"]
)
JOBS = Gauge("readout_jobs_in_progress", "Jobs that this process is working on.")
WAITING = Gauge("readout_queue_length", "Jobs waiting, for any process; 1000 is a lot.")
QUEUED = Histogram(
    "readout_queue_wait_seconds", "From queueing a job to its start.",
    buckets=_SOON,
)  # fmt: skip
JOB_ENDS = Histogram(
    "readout_job_seconds",
    "From a job's start, or its resumption in this process, to its end: done, awaiting "
    "(a model's version of what was posted), given_up.",
    ["outcome"],
    buckets=_SOON,
)
DEAD_JOBS = Counter(
    "readout_jobs_dead",
    "Given up after six crashes while running, three of them while running alone.",
)
BEGUN_ANEW = Counter(
    "readout_jobs_begun_anew", "Left by another version and restarted by this one."
)
STEPS = Histogram(
    "readout_step_seconds", "A step of a job, its retries included.", ["step"], buckets=_SOON
)
STEP_FAILURES = Counter("readout_step_failures", "Failed attempts at a step.", ["step"])
TAKEOVERS = Counter("readout_takeovers", "Workers that died, whose jobs were taken over.")
REQUESTS = Counter("readout_model_requests", "Ended.", ["model", "kind", "outcome"])
REQUEST = Histogram(
    "readout_model_request_seconds", "To the end of an answer.", ["model", "kind"], buckets=_SOON
)
FIRST_PIECE = Histogram(
    "readout_model_first_piece_seconds",
    "To the first piece of an answer.",
    ["model"],
    buckets=_SOON,
)
TOKENS = Counter("readout_model_tokens", "Read (in) and written (out).", ["model", "direction"])
COST = Counter("readout_model_cost_usd", "Only where prices are set.", ["model"])
MODEL_FAULTS = Counter("readout_model_faults", "Requests that the endpoint failed.", ["reason"])
SLACK_REFUSALS = Counter(
    "readout_slack_refusals", "Calls that Slack rejected, retried ones included.",
    ["method", "code"],
)  # fmt: skip
SLACK_UNSURE = Counter(
    "readout_slack_unsure_posts",
    "Posts left in doubt by a crash or a lost response: found, or sent again.",
    ["outcome"],
)
FEEDBACK = Counter("readout_feedback", "Thumbs under replies.", ["opinion"])
READY = Gauge("readout_ready", "Whether a check of /readyz passes.", ["check"])
LOOP_LAG = Gauge("readout_loop_lag_seconds", "The longest recent delay of the event loop.")


def seconds_since(ts: str) -> float:
    """The seconds since a message with that timestamp; Slack's clock and ours may differ."""
    return max(0.0, time.time() - float(ts))
