"""What do the ``views.*`` methods do?"""

import time

from bot.local import block_kit
from bot.local.calls import Call, Refusal
from bot.local.state import JsonObject, State, View
from bot.local.workspace import Trigger


def open_modal(call: Call) -> JsonObject:
    trigger = _spend_trigger(call)
    view = _modal(call.state, trigger, _content(call, "modal"))
    return _shown(call, view)


def push(call: Call) -> JsonObject:
    trigger = _spend_trigger(call)
    below = call.state.views.get(trigger.view_id)
    if below is None or not below.open:
        raise Refusal("not_found")
    view = _modal(call.state, trigger, _content(call, "modal"))
    view.root, view.previous = below.root, below.id
    return _shown(call, view)


def update(call: Call) -> JsonObject:
    view = _wanted(call)
    if call.word("hash") and call.word("hash") != view.hash:
        raise Refusal("hash_conflict")
    view.content = _content(call, str(view.content["type"]))
    return _shown(call, view)


def publish(call: Call) -> JsonObject:
    person = call.state.people.get(call.needed("user_id"))
    if person is None:
        raise Refusal("user_not_found")
    content = _content(call, "home")
    view = home_of(call.state, person.id)
    if view is None:
        view_id = call.state.new_id("V")
        view = View(view_id, person.team, person.id, content, root=view_id)
    view.content = content
    return _shown(call, view)


def home_of(state: State, person: str) -> View | None:
    """The Home tab of a person, where one was published."""
    views = (each for each in state.views.values() if each.content["type"] == "home")
    return next((each for each in views if each.person == person), None)


def view_json(view: View, values: JsonObject, app_id: str, bot_id: str) -> JsonObject:
    """The view as answers and interactions show it, with what the person has entered."""
    return {
        **view.content,
        "id": view.id,
        "team_id": view.team,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous or None,
        "state": {"values": values},
        "app_id": app_id,
        "bot_id": bot_id,
    }


def new_content(content: object, kind: str, state: State) -> JsonObject:
    """The view if Slack would take it, with its defaults filled in."""
    view = block_kit.check_view(content, kind)
    blocks = block_kit.with_ids(view["blocks"], lambda: state.new_id("b"))
    return {"private_metadata": "", "callback_id": "", **view, "blocks": blocks}


def _content(call: Call, kind: str) -> JsonObject:
    return new_content(call.structure("view", "invalid_arguments"), kind, call.state)


def _modal(state: State, trigger: Trigger, content: JsonObject) -> View:
    view_id = state.new_id("V")
    return View(view_id, trigger.team, trigger.person, content, root=view_id)


def _shown(call: Call, view: View) -> JsonObject:
    view.hash = f"{time.time():.6f}"
    view.errors = {}
    call.state.views[view.id] = view
    call.state.touch()
    return {"view": view_json(view, {}, call.app.app_id, call.app.bot_id)}


def _wanted(call: Call) -> View:
    external = call.word("external_id")
    named = (each for each in call.state.views.values() if external)
    view = call.state.views.get(call.word("view_id")) or next(
        (each for each in named if each.content.get("external_id") == external), None
    )
    if view is None or not view.open:
        raise Refusal("not_found")
    return view


def _spend_trigger(call: Call) -> Trigger:
    trigger = call.slack.triggers.get(call.needed("trigger_id"))
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if time.time() > trigger.expires:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger
