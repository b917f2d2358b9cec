import Foundation
import Testing

/// A request may take as long as its client waits for the answer. Until then nothing that a provider does not show is
/// known to be absent, also after the process that sent the request has died.
@Suite("Settle times")
struct SettleTimeTests {
    /// The clients behind each provider whose effects are looked for; what a mail or an alert did is never found out, so
    /// nothing is sent again.
    private static let clients = [
        "shopify": ["Shopify"], "shipstation": ["ShipStation"], "helpdesk": ["Gorgias", "Zendesk"],
        "recharge": ["Recharge"],
    ]
    private static let unfindable: Set = ["smtp", "slack"]

    private struct Probed: CustomStringConvertible {
        var provider: String
        var operation: String
        /// Nil where it is not written in seconds.
        var settleSeconds: Int?

        var description: String { "\(provider) \(operation)" }
    }

    private static let probed: [Probed] = Sources.all.filter(\.isService).flatMap(\.lines).compactMap { line in
        let form = /EffectKind\("(\w+)", "([\w.]+)", recovery: \.probe\(settleTime: (?:\.seconds\((\d+)\))?/
        return line.firstMatch(of: form).map { match in
            Probed(
                provider: String(match.1), operation: String(match.2), settleSeconds: match.3.flatMap { Int($0) })
        }
    }

    /// The longest time limit that a client's files name, or the one of requests that name none.
    private static func timeLimit(of client: String) throws -> Int {
        let form = /timeout: Duration = \.seconds\((\d+)\)/
        func limits(in path: String) -> [Int] {
            Sources.all.filter { $0.path.hasPrefix(path) }.flatMap(\.lines).compactMap { line in
                line.firstMatch(of: form).flatMap { Int($0.1) }
            }
        }
        let all = limits(in: "Shared/Providers/\(client)/") + limits(in: "Shared/HTTPTransport/HTTPRequest.swift")
        return try #require(all.max())
    }

    @Test("no effect counts as absent before its client's time limit has passed")
    func longEnough() throws {
        let found = Self.probed.filter { !Self.unfindable.contains($0.provider) }
        #expect(found.count >= 6)
        for effect in found {
            let clients = try #require(Self.clients[effect.provider], "which client calls \(effect)?")
            let settle = try #require(effect.settleSeconds, "\(effect) has no settle time in seconds")
            for client in clients {
                let limit = try Self.timeLimit(of: client)
                #expect(settle >= limit, "\(effect) counts as absent after \(settle) s; \(client) waits \(limit) s")
            }
        }
    }
}
