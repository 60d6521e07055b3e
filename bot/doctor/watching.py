"""Are metrics, health and traces available to those who should see them, and to nobody else?"""

from importlib.util import find_spec

from bot.doctor.findings import Finding
from bot.settings import Settings

_PORT, _HOST, _TRACING = "READOUT_METRICS_PORT", "READOUT_METRICS_HOST", "READOUT_TRACING"


def watching_findings(settings: Settings) -> list[Finding]:
    """What there is to say of metrics and traces; nothing where neither is switched on."""
    findings: list[Finding] = []
    if settings.metrics_port is not None:
        findings.append(_metrics(settings, settings.metrics_port))
    if settings.tracing == "on" and find_spec("opentelemetry") is None:
        message = "Tracing is on but OpenTelemetry is missing: pip install 'readout[otel]'."
        findings.append(Finding(_TRACING, "mend", message))
    return findings


def _metrics(settings: Settings, port: int) -> Finding:
    places = (
        f"Health and metrics are served at {settings.metrics_host}, ports {port} and {port + 1}"
    )
    if settings.metrics_stay_here:
        return Finding(_PORT, "good", f"{places}, for this machine only.")
    message = f"{places}, without a password. Make sure strangers can't reach them."
    return Finding(_HOST, "note", message)
