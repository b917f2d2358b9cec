import ArgumentParser
import Foundation
import Messaging
import Synchronization

/// Signed webhooks accepted durably per second.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "webhooks")

    @Option var port: UInt16
    @Option var shop: String
    @Option var secret: String
    @Option(help: "Connections, each sending one after the other.") var connections = 256
    @Option var seconds = 20
    @Option var warmUp = 3

    private struct Figures: Encodable {
        var count: Int
        var connections: Int
        var seconds: Double
        var perSecond: Double
        var p50: Double
        var p99: Double
        var refused: Int
        /// Receipts in the table less answers given; 0 when every answer was true.
        var unaccounted: Int

        enum CodingKeys: String, CodingKey {
            case count, connections, seconds, refused, unaccounted
            case perSecond = "per_second"
            case p50 = "p50_ms"
            case p99 = "p99_ms"
        }
    }

    func run() async throws {
        let webhook = SignedWebhook(
            workspace: try Environment.require("STATESET_WORKSPACE"), shop: shop, secret: secret)
        try await WebhookSink.with {
            try await measure(webhook)
        }
    }

    private func measure(_ webhook: SignedWebhook) async throws {
        try await BenchDatabase.with { pool in
            let before = try await ReceivedCounts.accepted(in: pool)
            let prefix = UUIDv7Text.make()
            let load = HTTPLoad(port: port, connections: connections) {
                webhook.request(id: "\(prefix)-\($0)-\($1)")
            }
            let result = try await load.run(warmUp: .seconds(warmUp), time: .seconds(seconds))
            let stored = try await ReceivedCounts.accepted(in: pool) - before
            try show(result, unaccounted: stored - result.accepted)
        }
    }

    private func show(_ result: HTTPLoad.Result, unaccounted: Int) throws {
        let seconds = Double(self.seconds)
        let figures = Figures(
            count: result.measured.count, connections: connections, seconds: seconds,
            perSecond: (Double(result.measured.count) / seconds).rounded1,
            p50: result.measured.percentile(0.5).rounded1,
            p99: result.measured.percentile(0.99).rounded1, refused: result.refused, unaccounted: unaccounted)
        try Report.show(
            "webhooks", figures,
            "\(figures.perSecond) webhooks/s accepted over \(connections) connections, p50 \(figures.p50) ms, "
                + "p99 \(figures.p99) ms; refused \(figures.refused), unaccounted \(figures.unaccounted)")
    }
}
