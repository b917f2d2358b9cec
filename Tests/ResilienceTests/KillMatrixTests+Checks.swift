import Foundation
import Messaging
import Support
import Testing

extension Resilience.KillMatrixTests {
    func setUpProviders() async throws {
        _ = try await stack.simulator("DELETE", "/_sim/faults")
        _ = try await stack.simulator("POST", "/_sim/dcl/refuse", #"{"sku":"\#(Crowd.refusedSKU)"}"#)
        try await stack.automateWarehouse(true)
    }

    func tearDownProviders() async throws {
        _ = try await stack.simulator("DELETE", "/_sim/faults")
        _ = try await stack.simulator("DELETE", "/_sim/dcl/refuse")
        try await stack.automateWarehouse(false)
    }

    /// Outages of the providers make timers, and lost answers make effects of unknown outcome.
    /// - Parameter breaks: whether NetSuite is away for so long that its circuit breaker opens. Each time it opens again
    ///   takes twice as long, so once is enough.
    func planTransientFailures(breaks: Bool) async throws {
        let faults = [
            #"{"provider":"netsuite","mode":"status","status":503,"times":\#(breaks ? 9 : 3)}"#,
            #"{"provider":"dcl","mode":"status","status":503,"times":4}"#,
            #"{"provider":"netsuite","method":"POST","path":"*/record/v1/salesOrder","mode":"drop_after","times":2}"#,
            #"{"provider":"shopify","method":"POST","path":"*/fulfillments.json","mode":"drop_after","times":2}"#,
            #"{"provider":"dcl","method":"POST","path":"*/batches","mode":"drop_after","times":2}"#,
        ]
        for fault in faults {
            let answer = try await stack.simulator("POST", "/_sim/faults", fault)
            guard answer.status == 201 else { throw Unexpected(what: fault, answer: answer.json) }
        }
    }

    func expectEnds(_ crowd: Crowd) async throws {
        let accounts = try await Accounts(stack)
        for id in crowd.delivered {
            let order = try await order(id)
            #expect(order.status.string == "delivered")
            #expect(try await saga(of: order).status.string == "completed", "saga of \(id)")
            accounts.expectDelivered(id, order.external_ids.dcl.string ?? "none")
        }
        for id in crowd.undone {
            let order = try await order(id)
            #expect(order.status.string == "needs_attention")
            #expect(try await saga(of: order).status.string == "compensated", "saga of \(id)")
            accounts.expectUndone(id)
        }
    }

    private func order(_ shopID: String) async throws -> JSON {
        let found = try await stack.api("GET", "orders?external_id=\(shopID)").json.data.array
        #expect(found.count == 1, "orders of \(shopID)")
        return try await stack.api("GET", "orders/\(found.first?.id.string ?? "")").json
    }

    private func saga(of order: JSON) async throws -> JSON {
        try await stack.api("GET", "sagas/\(order.saga_id.string ?? "")").json
    }

    /// What happened, for whoever reads the log of a run.
    func report(_ crowd: Crowd, _ chaos: Chaos, _ duration: Duration) {
        let text = """
            resilience: \(crowd.delivered.count) orders delivered, \(crowd.undone.count) undone in \
            \(duration.components.seconds) s; killed \(chaos.summary); at named points \(matrix.summary)

            """
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}

extension RunningStack {
    /// Whether the warehouse ships and the carrier delivers by themselves, each after a second.
    func automateWarehouse(_ isOn: Bool) async throws {
        let delay = isOn ? "1000" : "null"
        let automation = #"{"ship_after_ms":\#(delay),"deliver_after_ms":\#(delay)}"#
        #expect(try await simulator("POST", "/_sim/dcl/auto", automation).status == 200)
    }
}
