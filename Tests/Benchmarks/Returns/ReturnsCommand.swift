import ArgumentParser
import Foundation
import Postgres
import Support

/// Returns a second through the whole product: asked for, labelled, received, refunded, in the books, and told.
struct ReturnsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "returns")

    @Option var count = 300
    @Option(help: "How many customers ask at a time.") var customers = 16
    @Argument(help: "name=pid, of which the processor time is shown") var processes: [String] = []

    private struct Figures: Encodable {
        var count: Int
        var seconds: Double
        var perSecond: Double
        /// From the question to the last line in the books.
        var p50: Double
        var p99: Double
        /// Processor time of each process for one return.
        var processorMilliseconds: [String: Double]

        enum CodingKeys: String, CodingKey {
            case count, seconds
            case perSecond = "per_second"
            case p50 = "p50_ms"
            case p99 = "p99_ms"
            case processorMilliseconds = "processor_ms"
        }
    }

    func run() async throws {
        let stack = try RunningStack()
        let usage = try ProcessUsage(processes)
        try await BenchDatabase.with { pool in
            let orders = try await ReturnableOrders(stack: stack, pool: pool).place(count)
            let before = try usage.now()
            let begin = ContinuousClock.now
            try await ReturnFlow(stack: stack, pool: pool).run(orders, customers: customers)
            let elapsed = ContinuousClock.now - begin
            let used = zip(before, try usage.now()).map { $1 - $0 }
            try show(try await ReturnCounts.latencies(of: count, in: pool), elapsed, usage, used)
        }
    }

    private func show(
        _ latencies: Latencies, _ elapsed: Duration, _ usage: ProcessUsage, _ used: [Duration]
    ) throws {
        let each = used.map { ($0 / .milliseconds(1) / Double(count)).rounded1 }
        let seconds = elapsed / .seconds(1)
        let figures = Figures(
            count: latencies.count, seconds: seconds.rounded1, perSecond: (Double(count) / seconds).rounded1,
            p50: latencies.percentile(0.5).rounded1, p99: latencies.percentile(0.99).rounded1,
            processorMilliseconds: Dictionary(zip(usage.names, each), uniquingKeysWith: +))
        let most = zip(usage.names, each).sorted { $0.1 > $1.1 }.prefix(5).map { "\($0.0) \($0.1)" }
        try Report.show(
            "returns", figures,
            "\(figures.perSecond) returns/s from question to books, p50 \(figures.p50) ms, p99 \(figures.p99) ms; "
                + "ms of a processor each: \(most.joined(separator: ", "))")
    }
}
