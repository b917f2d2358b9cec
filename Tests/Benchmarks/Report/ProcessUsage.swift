/// Processor time of processes, each with its children, that are named from outside as `name=pid`.
struct ProcessUsage: Sendable {
    let names: [String]
    private let pids: [Int32]

    /// Failure: ``BenchError`` for what is not `name=pid`.
    init(_ processes: [String]) throws {
        let parsed = try processes.map { text in
            let parts = text.split(separator: "=")
            guard parts.count == 2, let pid = Int32(parts[1]) else { throw BenchError("'\(text)' is not name=pid") }
            return (String(parts[0]), pid)
        }
        names = parsed.map(\.0)
        pids = parsed.map(\.1)
    }

    /// What each has used up to now, in the order of their names.
    func now() throws -> [Duration] {
        try pids.map { try ProcessFacts.processorTime(ofFamily: $0) }
    }
}
