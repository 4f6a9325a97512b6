"""What the program counts, for a Prometheus that asks: numbers only, and not for the public."""

import hmac
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from companion.core.refusals import Refusal, Refused
from companion.counters import Counters, Histogram, Reading
from companion.web.callers import bearer
from companion.web.parts import Parts

_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX: Final = "companion_"
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
_FROM_A_PROXY: Final = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")


def routes(parts: Parts) -> Blueprint:
    """Return what Prometheus can ask."""
    metrics = Blueprint("metrics", __name__)
    registry = CollectorRegistry()
    registry.register(_Collector(parts.counters))
    ProcessCollector(registry=registry)

    @metrics.get("/metrics")
    def tell() -> Response:
        if not _may_read(parts.settings.metrics.token):
            raise Refused(Refusal.NOT_ALLOWED)
        return Response(generate_latest(registry), content_type=_TYPE)

    return metrics


def _may_read(token: str) -> bool:
    """Say whether the caller shows the token or, where there is none, asks from this machine and through no proxy."""
    if token:
        return hmac.compare_digest(token.encode(), (bearer() or "").encode())
    return request.remote_addr in _THIS_MACHINE and not any(header in request.headers for header in _FROM_A_PROXY)


class _Collector(Collector):
    """Turns what is counted into the library's families, at the moment in which it is asked for."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def collect(self) -> Iterator[Metric]:
        counters = self._counters
        for reading in counters.readings:
            yield _looked_up(reading)
        yield _histogram("commit_seconds", "Time to write a batch to disk, fsync included.", counters.commit_seconds)
        yield _histogram("batch_commands", "Commands that were written together.", counters.batch_commands)
        yield _histogram(
            "loop_gap_seconds", "How much later than it asked for a task was woken.", counters.loop_gap_seconds
        )


def _looked_up(reading: Reading) -> Metric:
    kind = CounterMetricFamily if reading.rises else GaugeMetricFamily
    family = kind(_PREFIX + reading.name, reading.explanation, labels=[reading.label] if reading.label else [])
    value = reading.read()
    if isinstance(value, Mapping):
        for name, number in sorted(value.items()):
            family.add_metric([name], number)
    elif value is not None:
        family.add_metric([], value)
    return family


def _histogram(name: str, explanation: str, histogram: Histogram) -> Metric:
    bounds = [*map(str, histogram.bounds), "+Inf"]
    buckets = [*zip(bounds, accumulate(histogram.counts), strict=True)]
    return HistogramMetricFamily(_PREFIX + name, explanation, buckets=buckets, sum_value=histogram.total)
