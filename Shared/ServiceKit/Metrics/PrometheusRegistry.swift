import CoreMetrics
import Synchronization

/// Keeps the process's metrics and writes them in Prometheus text format (0.0.4).
///
/// Counters end in `_total`, timers are histograms in `_seconds`, recorders histograms or, when not aggregated, gauges.
/// The same name and labels give the same series, however often they are asked for.
public final class PrometheusRegistry: Sendable {
    /// LIMIT: an id used as a label by mistake must not fill the memory; series beyond it are counted, not shown.
    static let seriesMaxPerFamily = 1000

    private let families = Mutex<[String: MetricFamily]>([:])
    private let dropped = CounterSeries()

    public init() {}

    /// Everything recorded so far, sorted by name.
    public var text: String {
        let families = families.withLock { $0 }
        let lines = families.sorted { $0.key < $1.key }.flatMap(\.value.lines)
        let own = dropped.samples(name: "metrics_series_dropped_total", dimensions: [])
        return (lines + ["# TYPE metrics_series_dropped_total counter"] + own).joined(separator: "\n") + "\n"
    }

    private func series<S: MetricSeries>(
        _ name: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)], make: () -> S
    ) -> S {
        let labels = MetricName.labels(dimensions)
        return families.withLock { families in
            var family = families[name] ?? MetricFamily(name: name, kind: kind)
            if let known = family.members[labels]?.series as? S { return known }
            let new = make()
            // A name used for two kinds, or with too many labels: the caller gets a series that nobody sees.
            guard family.kind == kind, family.members.count < Self.seriesMaxPerFamily else {
                dropped.increment(by: 1)
                return new
            }
            family.members[labels] = MetricFamily.Member(dimensions: dimensions, series: new)
            families[name] = family
            return new
        }
    }
}

extension PrometheusRegistry: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(MetricName.of(label, suffix: "_total"), .counter, dimensions) { CounterSeries() }
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(MetricName.of(label, suffix: "_total"), .counter, dimensions) { FloatingPointCounterSeries() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(MetricName.of(label), .gauge, dimensions) { GaugeSeries() }
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(MetricName.of(label), .gauge, dimensions) { GaugeSeries() } }
        return series(MetricName.of(label), .histogram, dimensions) { HistogramSeries(bounds: HistogramSeries.sizes) }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(MetricName.of(label, suffix: "_seconds"), .histogram, dimensions) {
            HistogramSeries(bounds: HistogramSeries.durations)
        }
    }

    // WHY: swift-metrics destroys a handler when its owner goes away; a series stays, for the next owner of its name.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
