/// How long each of many things took.
struct Latencies: Sendable {
    private var milliseconds: [Double] = []

    var count: Int { milliseconds.count }

    mutating func add(_ duration: Duration) {
        milliseconds.append(duration / .milliseconds(1))
    }

    mutating func add(_ other: Latencies) {
        milliseconds += other.milliseconds
    }

    /// The value below which that part of all lies; 0 for none.
    func percentile(_ part: Double) -> Double {
        guard !milliseconds.isEmpty else { return 0 }
        let sorted = milliseconds.sorted()
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }
}
