/// All series of one metric name.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    struct Member: Sendable {
        let dimensions: [(String, String)]
        let series: any MetricSeries
    }

    let name: String
    let kind: Kind
    /// By the text of their labels.
    var members: [String: Member] = [:]

    var lines: [String] {
        let samples = members.sorted { $0.key < $1.key }.flatMap { _, member in
            member.series.samples(name: name, dimensions: member.dimensions)
        }
        return ["# TYPE \(name) \(kind.rawValue)"] + samples
    }
}
