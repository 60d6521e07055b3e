"""The commands for trying Readout without a workspace: a thread that is printed, and a page."""

import webbrowser
from typing import Annotated

import typer

from bot import assembly
from bot.assembly import Engine
from bot.commands.output import print_aside, print_text
from bot.settings import load_settings


def demo(
    engine: Annotated[Engine, typer.Option(help="The engine that writes.")] = "extractive",
) -> None:
    """Brief an article in a Slack on this machine, with two follow-ups, and print the thread.

    ```text
    readout demo
    readout demo --engine openai       # with the model of your settings
    ```
    """
    print_text(assembly.demo(engine, print_aside))


def play(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to serve it at; 0 picks a free one.")
    ] = 8321,
    opens: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve a Slack in the browser, on this machine alone, with Readout in it.

    ```text
    readout play                       # with a model, if your settings have one
    READOUT_ENGINE=extractive readout play --port 9000 --open
    ```
    """

    def opened(address: str) -> None:
        print_text(f"Readout is at {address} until you press Ctrl+C.")
        if opens:
            webbrowser.open(address)

    assembly.play(load_settings(), port, opened)
