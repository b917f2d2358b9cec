import Commerce
import Foundation
import HTTPTransport
import Providers

/// How one wanted call went.
struct Call: Sendable {
    var priority: CallPriority
    /// From being wanted to the answer.
    var seconds = 0.0
    /// Answers that it was one too many.
    var turnedAway = 0
    var postponed = 0
    var failed = 0
}

/// Makes harmless calls until each is answered.
struct Caller: Sendable {
    private let ask: @Sendable () async throws -> Void

    init(_ plan: Plan, gate: any ProviderGate, http: any HTTPClient) throws {
        switch plan.provider {
        case "shopify":
            let client = ShopifyClient(settings: try .decode(plan.settings), http: http, gate: gate)
            ask = { _ = try await client.orders(ShopifyOrderQuery(limit: 1)) }
        case "netsuite":
            let client = NetSuiteClient(settings: try .decode(plan.settings), http: http, gate: gate)
            ask = { _ = try await client.items(skus: ["MIE-ROBE-S"]) }
        default:
            throw Plan.Wrong()
        }
    }

    func call(_ priority: CallPriority, _ index: Int) async -> Call {
        var call = Call(priority: priority)
        let begun = ContinuousClock.now
        while true {
            do {
                try await ProviderWork.$current.withValue(ProviderWork(priority)) { try await ask() }
                call.seconds = (ContinuousClock.now - begun) / .seconds(1)
                return call
            } catch let failure as ProviderFailure {
                await comeBack(after: failure, &call)
            } catch {
                call.failed += 1
            }
        }
    }

    private func comeBack(after failure: ProviderFailure, _ call: inout Call) async {
        var delay = Duration.seconds(1)
        switch failure {
        case .postponed(_, _, let wait):
            call.postponed += 1
            delay = wait
        case .transient(let code, _, let wait):
            if code == "rate_limited" || code == "CONCURRENCY_LIMIT_EXCEEDED" {
                call.turnedAway += 1
            } else {
                call.failed += 1
            }
            delay = wait ?? delay
        case .refused, .unknownOutcome, .unauthorized:
            call.failed += 1
        }
        try? await ContinuousClock().sleep(for: delay)
    }
}

/// What the process saw.
struct Summary: Encodable {
    var calls: Int
    var turnedAway: Int
    var postponed: Int
    var failed: Int
    var customerSecondsMax: Double
    var bulkSecondsMax: Double

    init(_ calls: [Call]) {
        self.calls = calls.count
        turnedAway = calls.map(\.turnedAway).reduce(0, +)
        postponed = calls.map(\.postponed).reduce(0, +)
        failed = calls.map(\.failed).reduce(0, +)
        customerSecondsMax = calls.filter { $0.priority == .customer }.map(\.seconds).max() ?? 0
        bulkSecondsMax = calls.filter { $0.priority == .bulk }.map(\.seconds).max() ?? 0
    }
}
