import CoreMetrics
import Synchronization

/// Counts values by size.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    /// Upper bounds in seconds, from a fast query to a slow provider.
    static let durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// Upper bounds of counts and sizes.
    static let sizes = [1.0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000]

    private struct Values {
        var counts: [Int]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let values: Mutex<Values>

    init(bounds: [Double]) {
        self.bounds = bounds
        values = Mutex(Values(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        values.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func record(_ value: Int64) { record(Double(value)) }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) * 1e-9) }

    func samples(name: String, dimensions: [(String, String)]) -> [String] {
        let (counts, sum) = values.withLock { ($0.counts, $0.sum) }
        var lines: [String] = []
        var total = 0
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
            total += count
            lines.append("\(name)_bucket\(MetricName.labels(dimensions, and: [("le", bound)])) \(total)")
        }
        let labels = MetricName.labels(dimensions)
        return lines + ["\(name)_sum\(labels) \(sum)", "\(name)_count\(labels) \(total)"]
    }
}
