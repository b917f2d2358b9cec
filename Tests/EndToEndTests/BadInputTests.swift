import Foundation
import SeededRandom
import Support
import Testing

extension EndToEnd {
    @Suite("Bad input")
    struct BadInputTests {
        let stack: RunningStack
        let shop: Shop

        init() throws {
            stack = try RunningStack()
            shop = Shop(stack: stack)
        }

        @Test("an order with an unmapped SKU waits on hold and goes on once the item exists and it is released")
        func unmappedSKU() async throws {
            let sku = "NEW-\(UInt32.random(in: 0 ... .max))"
            let id = try await shop.place(#"{"sku":"\#(sku)","quantity":1,"price":"9.00"}"#)
            let held = try await shop.order(id, in: "on_hold")
            #expect(held.status_reason.message.string?.contains(sku) == true)
            #expect(try await shop.saga(of: held).waiting_on.kind.string == "human")
            _ = try await stack.simulator("POST", "/_sim/netsuite/items", #"{"sku":"\#(sku)"}"#)
            let path = "orders/\(held.id.string ?? "")/release"
            #expect(try await stack.api("POST", path, #"{"reason":"the item was created"}"#).status == 202)
            _ = try await shop.order(id, in: "dispatched")
        }

        @Test("a webhook with a wrong signature is refused and quarantined with its reason")
        func badSignature() async throws {
            let webhook = SignedWebhook(stack: stack, body: #"{"id":1}"#)
            let status = try await webhook.post(
                topic: "orders/paid", deliveryID: "bad", signature: "bm90IHRoZSByaWdodCBvbmU=")
            #expect(status == 401)
            let list = try await stack.api("GET", "received?status=quarantined").json
            #expect(list.data.array.contains { $0.reason.string?.contains("signature") == true })
        }

        @Test("a message that is not an envelope is dead-lettered and the queue goes on")
        func malformedMessage() async throws {
            let broker = Broker(stack: stack)
            try await broker.publish(
                exchange: "stateset.commands", routingKey: "order-ingest", body: "this is not JSON")
            _ = try await stack.eventually("the dead letter") {
                try await stack.api("GET", "dead-letters")
            } until: { page in
                page.data.array.contains { $0.reason.string == "malformed" }
            }
            let id = try await shop.place(Shop.robe)
            #expect(try await shop.order(id, in: "dispatched").status.string == "dispatched")
        }

        @Test("an event published by hand is processed; again under another id, nothing happens twice")
        func byHand() async throws {
            let id = try await shop.place(Shop.robe, webhook: false)
            let payload = try await shop.shopOrder(id)
            let broker = Broker(stack: stack)
            for copy in 1...2 {
                let event = """
                    {"specversion":"1.0","id":"by-hand-\(id)-\(copy)","type":"webhook.shopify.orders.paid","source":"manual",
                     "workspaceid":"\(stack.workspace)",
                     "data":{"provider":"shopify","topic":"orders/paid","payload":\(payload)}}
                    """
                try await broker.publish(
                    exchange: "stateset.events", routingKey: "webhook.shopify.orders.paid", body: event)
            }
            _ = try await shop.order(id, in: "dispatched")
            #expect(try await stack.api("GET", "orders?external_id=\(id)").json.data.array.count == 1)
            #expect(try await shop.salesOrders(id).count == 1)
        }
    }
}
