"""Sends spans of jobs, steps and requests to an OpenTelemetry collector.

An extra (`pip install 'readout[otel]'`). The collector is set with the standard variables
(https://opentelemetry.io/docs/specs/otel/protocol/exporter/), such as OTEL_EXPORTER_OTLP_ENDPOINT.

Spans have names, times, tokens and the mention's key; error messages are removed.
"""

import time
from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind, Status, StatusCode

from bot.service import usage
from bot.service.ports import Attempt


def start_tracing(version: str) -> None:
    """Send spans of this process's jobs and requests to models to the collector from now on."""
    resource = Resource.create({"service.name": "readout", "service.version": version})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(_ExporterWithoutWords()))
    trace.set_tracer_provider(provider)
    usage.observers.append(_request)


def _request(attempt: Attempt) -> None:
    """Report a request to a model that has just ended, with the attribute names of
    https://opentelemetry.io/docs/specs/semconv/gen-ai/."""
    ended = time.time_ns()
    span = trace.get_tracer("readout").start_span(
        f"chat {attempt.model}",
        kind=SpanKind.CLIENT,
        start_time=ended - int(attempt.seconds * 1e9),
        attributes={
            "gen_ai.operation.name": "chat",
            "gen_ai.request.model": attempt.model,
            "gen_ai.usage.input_tokens": attempt.usage.tokens_in,
            "gen_ai.usage.output_tokens": attempt.usage.tokens_out,
        },
    )
    if attempt.failed:
        span.set_status(StatusCode.ERROR)
    span.end(ended)


class _ExporterWithoutWords(OTLPSpanExporter):
    """Exports spans without events and error messages."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return super().export([_without_words(span) for span in spans])


def _without_words(span: ReadableSpan) -> ReadableSpan:
    """``span`` without events, which include errors, and without the message of its status."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=span.attributes,
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
