"""The commands for trying Readout without a workspace: a thread that is printed, and a page."""

import webbrowser
from typing import Annotated

import typer

from bot import assembly
from bot.assembly import Engine
from bot.commands.output import print_aside, print_text
from bot.settings import load_settings


def demo(
    engine: Annotated[
        Engine | None, typer.Option(help="The engine to use instead of the two examples.")
    ] = None,
) -> None:
    """Brief an article in a simulated Slack, ask two questions about it, and print the thread: once
    with a recorded model, once without a model.

    ```text
    readout demo
    readout demo --engine openai       # with the model in your settings
    ```
    """
    print_text(assembly.demo(engine, print_aside))


def play(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to serve it on; 0 picks a free one.")
    ] = 8321,
    opens: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve a simulated Slack for the browser, on this machine only, with Readout in it.

    It writes with the model in your settings, a recorded model or none; the page has a switch.

    ```text
    readout play
    READOUT_ENGINE=extractive readout play --port 9000 --open
    ```
    """

    def opened(address: str) -> None:
        print_text(f"Readout is at {address} until you press Ctrl+C.")
        if opens:
            webbrowser.open(address)

    assembly.play(load_settings(), port, opened)
