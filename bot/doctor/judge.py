"""What the doctor says about the configured judge."""

from bot.doctor.findings import Finding
from bot.doctor.trial import Trial, kept
from bot.settings import Settings
from bot.writers import Judge

SUBJECT = "READOUT_SECOND_OPINION"


def judge_findings(settings: Settings, judge: Judge | None) -> list[Finding]:
    """Whether lines are judged, by whom, and what is known of how well. ``judge`` is None where
    none was set."""
    if settings.writes_with == "extractive":
        return []
    if settings.second_opinion == "off":
        message = (
            "READOUT_SECOND_OPINION is off in the environment or .env, so only rules check what "
            "a model writes. Remove it to have every line judged."
        )
        return [Finding(SUBJECT, "note", message)]
    if judge is None:
        return []
    trial = kept(judge.model, judge.prompt)
    if trial is None:
        message = (
            f"{judge.model} judges every line. `readout doctor --model` measures how well, in a "
            "minute or two."
        )
        return [Finding(SUBJECT, "note", message)]
    return [trial_finding(trial)]


def trial_finding(trial: Trial) -> Finding:
    """What came of a trial, and the one thing to do about it."""
    tokens, part = trial.tokens, trial.share_of_a_briefing
    cost = "" if trial.cost_usd is None else f" (${trial.cost_usd * part:.4f})"
    told = [
        f"On {trial.day} {trial.model} caught {trial.caught} wrong lines and wrongly stopped",
        f"{trial.stopped} correct ones, in {trial.seconds:.0f} s and {tokens:,} tokens.",
        f"Judging a standard briefing takes about {tokens * part:,.0f} tokens{cost}.",
    ]
    if trial.unjudged:
        told.append(f"It left {trial.unjudged} lines unjudged.")
    if trial.is_unfit:
        advice = "It is too weak to be used: set READOUT_SECOND_OPINION_MODEL to a stronger model."
        return Finding(SUBJECT, "mend", " ".join([*told, advice]))
    if trial.weak_in:
        told.append(f"Weak spots: {', '.join(trial.weak_in)}.")
    return Finding(SUBJECT, "good", " ".join([*told, "Keep it on."]))
