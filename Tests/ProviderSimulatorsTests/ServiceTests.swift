import Foundation
import Testing

@testable import ProviderSimulators

@Suite("The running service", .serialized)
struct ServiceTests {
    private static let orders = "/shopify/admin/api/2023-01/orders.json"

    @Test("health, unknown paths and the state document")
    func basics() async throws {
        try await RunningSimulators.with { simulators in
            #expect(try await simulators.send("GET", "/health/ready")?.status == 200)
            let unknown = try await simulators.send("GET", "/no/such/path")
            #expect(unknown?.status == 404)
            #expect(unknown?.document["detail"].string?.contains("/no/such/path") == true)
            let state = try await simulators.send("GET", "/_sim/dcl/state")?.document
            #expect(state?.object?.keys == ["orders", "rmas", "poNotifications", "poReceipts"])
        }
    }

    @Test("drop_before does nothing, drop_after acts; both close the connection without an answer")
    func drops() async throws {
        try await RunningSimulators.with { simulators in
            let id = try await placeOrder(simulators)
            let path = "/shopify/admin/api/2023-01/orders/\(id).json"
            for (mode, tag) in [("drop_before", "A"), ("drop_after", "B")] {
                let fault = try await simulators.send(
                    "POST", "/_sim/faults",
                    [
                        "provider": "shopify", "method": "PUT", "path": "/admin/api/*/orders/*", "mode": .string(mode),
                        "times": 5,
                    ])
                #expect(fault?.status == 201)
                #expect(fault?.document["remaining"] == 5)
                #expect(try await simulators.send("PUT", path, ["order": ["tags": .string(tag)]]) == nil)
                #expect(try await simulators.send("DELETE", "/_sim/faults")?.status == 204)
                let seen = try await simulators.send("GET", path)?.document["order"]["tags"]
                #expect(seen == .string(mode == "drop_before" ? "" : "B"))
            }
            let entries = try await simulators.send("GET", "/_sim/journal?provider=shop*&method=PUT")?.document["data"]
            #expect(entries?[0]["fault"] == "drop_before")
            #expect(entries?[0]["applied"] == false)
            #expect(entries?[0]["headers"]["x-shopify-access-token"] == "[redacted]")
            #expect(entries?.array?.last?["fault"] == "drop_after")
            #expect(entries?.array?.last?["applied"] == true)
            #expect(entries?.array?.last?["body"]["order"]["tags"] == "B")
        }
    }

    @Test("a status fault answers instead of acting, as often as it was told")
    func status() async throws {
        try await RunningSimulators.with { simulators in
            _ = try await simulators.send(
                "POST", "/_sim/faults",
                ["provider": "shopify", "mode": "status", "status": 503, "body": ["errors": "busy"], "times": 2])
            for _ in 0..<2 {
                let answer = try await simulators.send("GET", Self.orders)
                #expect(answer?.status == 503)
                #expect(answer?.document["errors"] == "busy")
            }
            #expect(try await simulators.send("GET", Self.orders)?.status == 200)
            #expect(try await simulators.send("GET", "/_sim/faults")?.document["data"][0]["remaining"] == 0)
            #expect(try await simulators.send("POST", "/_sim/faults", ["mode": "explode"])?.status == 422)
        }
    }

    @Test("a failed webhook is sent again with the same id and body, eight times at most")
    func webhookRetries() async throws {
        try await RunningSimulators.with(answers: Array(repeating: 500, count: 2) + [nil]) { simulators in
            let id = try await placeOrder(simulators)
            _ = try await simulators.send("POST", "/_sim/shopify/orders/\(id)/webhooks", ["topic": "orders/paid"])
            let four = await collect(4, from: simulators)
            #expect(Set(four.map(\.deliveryID)).count == 1)
            #expect(Set(four.map(\.body)).count == 1)
            #expect(simulators.clock.waits == [.seconds(1), .seconds(4), .seconds(16)])
        }
        #expect(RetrySchedule.shopify.wait(afterAttempts: 8) != nil)
        #expect(RetrySchedule.shopify.wait(afterAttempts: 9) == nil)
        #expect(RetrySchedule.dcl.wait(afterAttempts: 7) == .seconds(60))
    }

    @Test("webhooks can be lost and doubled")
    func webhookFaults() async throws {
        try await RunningSimulators.with { simulators in
            let id = try await placeOrder(simulators)
            for (mode, topic) in [("lose_webhook", "orders/create"), ("duplicate_webhook", "orders/paid")] {
                _ = try await simulators.send(
                    "POST", "/_sim/faults", ["provider": "shopify", "mode": .string(mode), "path": .string(topic)])
                _ = try await simulators.send("POST", "/_sim/shopify/orders/\(id)/webhooks", ["topic": .string(topic)])
            }
            let both = await collect(2, from: simulators)
            #expect(both.map(\.topic) == ["orders/paid", "orders/paid"])
            #expect(Set(both.map(\.deliveryID)).count == 1)
            let sent = try await simulators.send("GET", "/_sim/webhooks")?.document["data"]
            #expect(sent?[0]["outcome"] == "lost")
        }
    }

    @Test("apply_later closes at once and acts afterwards")
    func applyLater() async throws {
        try await RunningSimulators.with { simulators in
            let id = try await placeOrder(simulators)
            _ = try await simulators.send(
                "POST", "/_sim/faults",
                ["provider": "shopify", "method": "PUT", "mode": "apply_later", "delay_ms": 60_000])
            let path = "/shopify/admin/api/2023-01/orders/\(id).json"
            #expect(try await simulators.send("PUT", path, ["order": ["tags": "LATE"]]) == nil)
            // The change sends orders/updated, which is the sign that it has been made.
            let sign = await collect(1, from: simulators)
            #expect(sign.map(\.topic) == ["orders/updated"])
            #expect(simulators.clock.waits.contains(.seconds(60)))
        }
    }

    @Test("a sink takes anything and shows it; an unused one is empty")
    func sink() async throws {
        try await RunningSimulators.with { simulators in
            #expect(try await simulators.send("GET", "/_sim/sink/a/requests")?.document["data"] == [])
            _ = try await simulators.send(
                "POST", "/_sim/faults", ["provider": "sink", "mode": "status", "status": 500])
            #expect(try await simulators.send("POST", "/_sim/sink/a", ["n": 1])?.status == 500)
            #expect(try await simulators.send("POST", "/_sim/sink/a", ["n": 2])?.status == 200)
            let kept = try await simulators.send("GET", "/_sim/sink/a/requests")?.document["data"]
            #expect(kept?.array?.count == 1)
            #expect(kept?[0]["body"] == ["n": 2])
        }
    }

    @Test("an item set up in the ERP is known to the warehouse too")
    func announcedItems() async throws {
        try await RunningSimulators.with { simulators in
            #expect(try await simulators.send("POST", "/_sim/netsuite/items", ["sku": "MIE-NEW-1"])?.status == 201)
            #expect(try await simulators.send("POST", "/_sim/reset")?.status == 204)
            let state = try await simulators.send("GET", "/_sim/netsuite/state")?.document
            #expect(state?["items"].array?.count == 7)
        }
    }

    private func placeOrder(_ simulators: RunningSimulators) async throws -> Int {
        let order = try await simulators.send(
            "POST", "/_sim/shopify/orders", ["line_items": [["sku": "MIE-ROBE-S", "quantity": 1, "price": "74.50"]]])
        #expect(order?.status == 201)
        return order?.document["id"].int ?? 0
    }

    private func collect(_ count: Int, from simulators: RunningSimulators) async -> [OutgoingWebhook] {
        var found: [OutgoingWebhook] = []
        for await webhook in simulators.transport.deliveries {
            found.append(webhook)
            if found.count == count { break }
        }
        return found
    }
}
