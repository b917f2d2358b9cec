import ArgumentParser
import Foundation
import Postgres

/// Six-step sagas per second, and how long one takes.
struct SagaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sagas")

    @Option var concurrency = 64
    @Option(help: "How many sagas to measure; otherwise as many as there are in the time.") var count: Int?
    @Option(help: "How long to measure.") var seconds = 60
    @Option(help: "How long to warm up.") var warmUp = 5
    @Option(help: "The name of the figures.") var name = "sagas"

    struct Figures: Encodable {
        var count: Int
        var concurrency: Int
        var seconds: Double
        var perSecond: Double
        var p50: Double
        var p99: Double
        /// Steps of started sagas without an effect row, and effect rows beyond one a step.
        var lost: Int
        var duplicates: Int

        enum CodingKeys: String, CodingKey {
            case count, concurrency, seconds, lost, duplicates
            case perSecond = "per_second"
            case p50 = "p50_ms"
            case p99 = "p99_ms"
        }
    }

    private static let stepsASaga = 6

    func run() async throws {
        let flow = try SagaFlow()
        try await flow.prepare()
        let figures = try await BenchDatabase.with { pool in
            try await EffectStore.empty(in: pool)
            let plan = SagaRun.Plan(
                concurrency: concurrency, warmUp: .seconds(warmUp), time: .seconds(seconds), count: count)
            let result = try await SagaRun(plan, flow).run {
                // WHY: a server takes the statistics that it plans by within a minute of its first rows.
                try await pool.execute("ANALYZE")
            }
            return makeFigures(result, try await EffectStore.counts(in: pool))
        }
        await flow.close()
        try Report.show(
            name, figures,
            "\(figures.perSecond) sagas/s at concurrency \(concurrency), p50 \(figures.p50) ms, p99 \(figures.p99) ms; "
                + "\(figures.count) in \(figures.seconds) s; lost \(figures.lost), duplicates \(figures.duplicates)")
    }

    private func makeFigures(_ result: SagaRun.Result, _ effects: (rows: Int, distinct: Int)) -> Figures {
        let seconds = result.elapsed / .seconds(1)
        return Figures(
            count: result.measured.count, concurrency: concurrency, seconds: seconds.rounded1,
            perSecond: (Double(result.measured.count) / max(seconds, 0.001)).rounded1,
            p50: result.measured.percentile(0.5).rounded1, p99: result.measured.percentile(0.99).rounded1,
            lost: result.started * Self.stepsASaga - effects.distinct, duplicates: effects.rows - effects.distinct)
    }
}
