"""What do the methods about the app, people, files, reactions and agent threads do?"""

import time

from bot.local.calls import Call, Refusal
from bot.local.files import file_json
from bot.local.state import Channel, JsonObject, Session, Status


def test_auth(call: Call) -> JsonObject:
    return {
        "url": call.slack.url,
        "team": "Local",
        "team_id": call.team,
        "user": call.app.bot_name,
        "user_id": call.app.bot_user_id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


def test_api(call: Call) -> JsonObject:
    return {"args": call.args}


def user_info(call: Call) -> JsonObject:
    person = call.state.people.get(call.needed("user"))
    if person is None:
        raise Refusal("user_not_found")
    return {"user": call.slack.shapes.person(person)}


def bot_info(call: Call) -> JsonObject:
    wanted = call.word("bot") or call.app.bot_id
    if wanted == call.app.bot_id:
        return {"bot": _bot(wanted, call.app.app_id, call.app.bot_name, call.app.bot_user_id)}
    person = next((each for each in call.state.people.values() if each.bot_id == wanted), None)
    if person is None:
        raise Refusal("bot_not_found")
    return {"bot": _bot(wanted, "A0OTHERAPP", person.name, person.id)}


def team_info(call: Call) -> JsonObject:
    team = call.word("team") or call.team
    return {"team": {"id": team, "name": team, "domain": team.lower(), "url": call.slack.url}}


def file_info(call: Call) -> JsonObject:
    file = call.state.files.get(call.needed("file"))
    if file is None:
        raise Refusal("file_not_found")
    return {"file": file_json(file, call.slack.url)}


def add_reaction(call: Call) -> JsonObject:
    message = call.state.message(call.channel().id, call.needed("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    reaction = (call.needed("name"), call.app.bot_user_id)
    if reaction in message.reactions:
        raise Refusal("already_reacted")
    message.reactions.append(reaction)
    call.state.touch()
    return {}


def remove_reaction(call: Call) -> JsonObject:
    message = call.state.message(call.channel().id, call.needed("timestamp"))
    reaction = (call.needed("name"), call.app.bot_user_id)
    if message is None or reaction not in message.reactions:
        raise Refusal("no_reaction")
    message.reactions.remove(reaction)
    call.state.touch()
    return {}


def set_status(call: Call) -> JsonObject:
    key = _thread(call)
    loading = _loading_messages(call)
    if call.word("status"):
        call.state.statuses[key] = Status(call.word("status"), loading, time.time())
    else:
        call.state.statuses.pop(key, None)
    call.state.touch()
    return {}


def set_suggested_prompts(call: Call) -> JsonObject:
    _agents_only(call, "not_agent_app")
    prompts = call.structure("prompts", "invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise Refusal("invalid_arguments")
    if not all(map(_is_prompt, prompts)):
        raise Refusal("invalid_arguments")
    place = _thread(call) if call.word("thread_ts") else (call.channel("channel_id").id, "")
    call.state.prompts[place] = prompts
    call.state.touch()
    return {}


def set_title(call: Call) -> JsonObject:
    call.state.titles[_thread(call)] = call.needed("title")
    call.state.touch()
    return {}


def set_session_status(call: Call) -> JsonObject:
    _agents_only(call, "feature_disabled")
    if call.needed("status") not in ("active", "processing", "suspended", "closed"):
        raise Refusal("invalid_status")
    call.state.sessions[_thread(call)] = Session(call.word("status"), _session_title(call))
    call.state.touch()
    return {}


def rename_session(call: Call) -> JsonObject:
    _agents_only(call, "feature_disabled")
    session = call.state.sessions.get(_thread(call))
    if session is None:
        raise Refusal("session_not_found")
    if not call.word("title"):
        raise Refusal("invalid_title")
    session.title = _session_title(call)
    call.state.touch()
    return {}


def _session_title(call: Call) -> str:
    if len(call.word("title")) > 200:
        raise Refusal("invalid_title")
    return call.word("title")


def _loading_messages(call: Call) -> list[str]:
    """The words that Slack shows in turn: 1 to 10 of 1 to 50 characters, if there are any."""
    loading = call.structure("loading_messages", "invalid_arguments")
    if loading is None:
        return []
    if not isinstance(loading, list) or not 1 <= len(loading) <= 10:
        raise Refusal("invalid_arguments")
    if not all(isinstance(each, str) and 1 <= len(each) <= 50 for each in loading):
        raise Refusal("invalid_arguments")
    return loading


def _is_prompt(prompt: object) -> bool:
    """Whether it has a title and a message, and nothing else."""
    if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
        return False
    return all(isinstance(each, str) and each.strip() for each in prompt.values())


def _agents_only(call: Call, error: str) -> None:
    if not call.slack.rules.agent_features:
        raise Refusal(error)


def _thread(call: Call) -> tuple[str, str]:
    channel: Channel = call.channel_to_post("channel_id")
    message = call.state.message(channel.id, call.needed("thread_ts"))
    if message is None:
        raise Refusal("thread_not_found")
    return channel.id, message.root


def _bot(bot_id: str, app_id: str, name: str, user: str) -> JsonObject:
    return {"id": bot_id, "app_id": app_id, "name": name, "user_id": user, "deleted": False}
