import ArgumentParser

/// Puts finished sagas into the tables.
struct FinishedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "finished")

    @Option var count = 1_000_000

    private struct Figures: Encodable {
        var count: Int
        var seconds: Double
    }

    func run() async throws {
        let begin = ContinuousClock.now
        try await BenchDatabase.with { try await FinishedSagas.put(count, in: $0) }
        let seconds = ((ContinuousClock.now - begin) / .seconds(1)).rounded1
        try Report.show(
            "finished_rows", Figures(count: count, seconds: seconds),
            "\(count) finished sagas put into the tables in \(seconds) s")
    }
}
