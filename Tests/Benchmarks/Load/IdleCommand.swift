import ArgumentParser

/// How much of one core processes use that have nothing to do.
struct IdleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "idle")

    @Option(help: "How long to look.") var seconds = 20
    @Argument(help: "name=pid") var processes: [String]

    private struct Figures: Encodable {
        var percentOfOneCore: Double
        var byService: [String: Double]

        enum CodingKeys: String, CodingKey {
            case percentOfOneCore = "percent_of_one_core"
            case byService = "by_service"
        }
    }

    func run() async throws {
        let pids = try processes.map { text in
            let parts = text.split(separator: "=")
            guard parts.count == 2, let pid = Int32(parts[1]) else { throw BenchError("'\(text)' is not name=pid") }
            return (name: String(parts[0]), pid: pid)
        }
        let begin = ContinuousClock.now
        let before = try pids.map { try ProcessFacts.processorTime(of: $0.pid) }
        try await Task.sleep(for: .seconds(seconds))
        let after = try pids.map { try ProcessFacts.processorTime(of: $0.pid) }
        let elapsed = ContinuousClock.now - begin
        let percents = zip(before, after).map { (($1 - $0) / elapsed * 100).rounded1 }
        let figures = Figures(
            percentOfOneCore: percents.reduce(0, +).rounded1,
            byService: Dictionary(zip(pids.map(\.name), percents)) { first, _ in first })
        try Report.show(
            "idle", figures, "\(figures.percentOfOneCore) % of one core for \(pids.count) idle services together")
    }
}
