import ArgumentParser
import Foundation

/// Refunds calculated per second over HTTP, and the processor time the API takes for each.
struct RefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "refunds")

    @Option var port: UInt16
    @Option(help: "A key that may read returns.") var key: String
    @Option(help: "The process of the API.") var pid: Int32
    @Option(help: "Connections that stay, each sending one request after the other.") var connections = 8
    @Option var seconds = 10
    @Option var warmUp = 3

    private struct Figures: Encodable {
        var count: Int
        var connections: Int
        var seconds: Double
        var perSecond: Double
        var p50: Double
        var p99: Double
        var refused: Int
        /// Processor time of the API for one call, in microseconds.
        var processorMicroseconds: Double

        enum CodingKeys: String, CodingKey {
            case count, connections, seconds, refused
            case perSecond = "per_second"
            case p50 = "p50_ms"
            case p99 = "p99_ms"
            case processorMicroseconds = "processor_us"
        }
    }

    func run() async throws {
        let request = CalculateRequest(workspace: try Environment.require("STATESET_WORKSPACE"), key: key)
        let load = HTTPLoad(port: port, connections: connections) { _, _ in request.bytes }
        let before = try ProcessFacts.processorTime(of: pid)
        let result = try await load.run(warmUp: .seconds(warmUp), time: .seconds(seconds))
        let used = try ProcessFacts.processorTime(of: pid) - before
        try show(result, used)
    }

    private func show(_ result: HTTPLoad.Result, _ used: Duration) throws {
        let answers = max(1, result.accepted + result.refused)
        let figures = Figures(
            count: result.measured.count, connections: connections, seconds: Double(seconds),
            perSecond: (Double(result.measured.count) / Double(seconds)).rounded1,
            p50: result.measured.percentile(0.5).rounded3, p99: result.measured.percentile(0.99).rounded3,
            refused: result.refused, processorMicroseconds: (used / .microseconds(1) / Double(answers)).rounded1)
        try Report.show(
            "refunds_at_\(connections)", figures,
            "\(figures.perSecond) refunds/s calculated over \(connections) connections, p50 \(figures.p50) ms, "
                + "p99 \(figures.p99) ms; \(figures.processorMicroseconds) µs of the API's processor each; "
                + "refused \(figures.refused)")
    }
}
