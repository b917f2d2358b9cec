import CoreMetrics
import Synchronization

/// One line of a metric: its current value.
protocol MetricSeries: AnyObject, Sendable {
    /// The sample lines of this series in Prometheus text format.
    func samples(name: String, dimensions: [(String, String)]) -> [String]
}

/// Only ever grows.
final class CounterSeries: MetricSeries, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }

    func reset() { value.store(0, ordering: .relaxed) }

    func samples(name: String, dimensions: [(String, String)]) -> [String] {
        ["\(name)\(MetricName.labels(dimensions)) \(value.load(ordering: .relaxed))"]
    }
}

/// Only ever grows, by fractions too.
final class FloatingPointCounterSeries: MetricSeries, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func reset() { value.withLock { $0 = 0 } }

    func samples(name: String, dimensions: [(String, String)]) -> [String] {
        ["\(name)\(MetricName.labels(dimensions)) \(value.withLock { $0 })"]
    }
}

/// Goes up and down.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ new: Int64) { set(Double(new)) }

    func set(_ new: Double) { value.withLock { $0 = new } }

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func record(_ new: Int64) { set(Double(new)) }

    func record(_ new: Double) { set(new) }

    func samples(name: String, dimensions: [(String, String)]) -> [String] {
        ["\(name)\(MetricName.labels(dimensions)) \(value.withLock { $0 })"]
    }
}
