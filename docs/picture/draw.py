"""Draw docs/briefing.png: the demo's briefing, from the very blocks that the bot posts.

    make picture

The real bot runs in a Slack on this machine; its first reply is drawn by slack-blocks-to-jsx
and photographed by Chromium. Needs Node and a Chromium.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bot import __version__
from bot.demo import Stage
from bot.extracting import ExtractiveWriter

HERE = Path(__file__).parent
PICTURE = HERE.parent / "briefing.png"
WIDTH, HEIGHT = 752, 1320
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Draw the picture, or say what is missing."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or shutil.which("npm") is None:
        sys.exit("Drawing the picture needs Node and Chromium: apt-get install nodejs npm chromium")
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    blocks = asyncio.run(_blocks())
    page = subprocess.run(
        ["node", "page.cjs"], cwd=HERE, check=True, input=json.dumps(blocks).encode(),
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
    _photograph(browser, page)


async def _blocks() -> list[object]:
    async with Stage.set(ExtractiveWriter(), __version__) as stage:
        root = await stage.briefed()
        return list(stage.slack.replies(root)[0].blocks)


def _photograph(browser: str, page: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "page.html"
        html.write_bytes(page)
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-sync",
                "--disable-component-update", f"--user-data-dir={folder}/profile",
                "--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={PICTURE}", html.as_uri(),
            ],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
