"""What can a test do to the platform itself: faults, the way of delivery, the logs?"""

from bot.local.delivery import Delivery
from bot.local.faults import Fault
from bot.local.http_events import HttpEvents
from bot.local.interactions import Interactions
from bot.local.socket_mode import SocketMode
from bot.local.state import DEFAULT_TEAM, JsonObject
from bot.local.workspace import ApiCall, Workspace


class Operations(Interactions):
    """The addresses and tokens of a Slack, its logs and its switches."""

    def __init__(self, workspace: Workspace, sockets: SocketMode) -> None:
        super().__init__(workspace)
        self.sockets = sockets
        self.url = workspace.url
        self.api_url = f"{workspace.url}api/"
        self.control_url = f"{workspace.url}control/"
        self.bot_token = workspace.app.bot_token
        self.app_token = workspace.app.app_token
        self.signing_secret = workspace.app.signing_secret
        self.bot_user_id = workspace.app.bot_user_id
        self._http: HttpEvents | None = None

    @property
    def calls(self) -> list[ApiCall]:
        """Every call of the app that was answered, oldest first."""
        return self.workspace.calls

    @property
    def answers(self) -> list[JsonObject]:
        """What the app answered to commands and interactions, at once or later, oldest first."""
        return self.workspace.answers

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that was sent to the app, oldest first, with when it was acknowledged."""
        return self.workspace.outbox.deliveries

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of the method go wrong in this way."""
        self.workspace.faults.add(method, fault, times)

    def send_event(self, event: JsonObject, team: str = DEFAULT_TEAM) -> Delivery:
        """Send the app an event of any kind, such as ``{"type": "app_uninstalled"}``."""
        return self.workspace.events.send(team, event)

    async def use_http(self, request_url: str) -> bool:
        """Send everything to this address from now on; whether it answered the challenge."""
        carrier = HttpEvents(self.workspace.app, self.workspace.rules, request_url)
        if self._http:
            await self._http.close()
        self._http = self.workspace.outbox.carrier = carrier
        return await carrier.verify_url()

    async def close(self) -> None:
        await self.workspace.outbox.close()
        await self.sockets.cut()
        if self._http:
            await self._http.close()
