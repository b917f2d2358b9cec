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
        let usage = try ProcessUsage(processes)
        let begin = ContinuousClock.now
        let before = try usage.now()
        try await Task.sleep(for: .seconds(seconds))
        let after = try usage.now()
        let elapsed = ContinuousClock.now - begin
        let percents = zip(before, after).map { (($1 - $0) / elapsed * 100).rounded1 }
        let figures = Figures(
            percentOfOneCore: percents.reduce(0, +).rounded1,
            byService: Dictionary(zip(usage.names, percents)) { first, _ in first })
        try Report.show(
            "idle", figures, "\(figures.percentOfOneCore) % of one core for \(usage.names.count) idle services together"
        )
    }
}
