"""What a job did, step by step and request by request, for an OpenTelemetry collector.

An extra (`pip install 'readout[otel]'`), since the names of the conventions for models still change
from release to release. Where spans go is told by the standard's own variables
(https://opentelemetry.io/docs/specs/otel/protocol/exporter/), such as OTEL_EXPORTER_OTLP_ENDPOINT.

What leaves is names, times, tokens and the mention's key. Error messages, and messages to and from
a model, are removed on the way, whatever the settings.
"""

import re
from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.genai.openai import OpenAIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status

_WORDS = re.compile(r"messages?$|instructions|prompt$|completion$|content|\.arguments|\.result")


def start_tracing(version: str) -> None:
    """From now on this process tells the collector of its jobs and of its requests to models."""
    resource = Resource.create({"service.name": "readout", "service.version": version})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(WithoutWords(OTLPSpanExporter())))
    trace.set_tracer_provider(provider)
    OpenAIInstrumentor().instrument()


class WithoutWords(SpanExporter):
    """Hands spans on without what anybody said."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_without_words(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _without_words(span: ReadableSpan) -> ReadableSpan:
    """The same without events, since errors are among them, and without the words of its status."""
    kept = {
        name: value for name, value in (span.attributes or {}).items() if not _WORDS.search(name)
    }
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=kept,
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
