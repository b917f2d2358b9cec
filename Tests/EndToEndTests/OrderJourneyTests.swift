import Foundation
import Support
import Testing

extension EndToEnd {
    @Suite("An order's journey")
    struct OrderJourneyTests {
        let stack: RunningStack
        let shop: Shop

        init() throws {
            stack = try RunningStack()
            shop = Shop(stack: stack)
        }

        @Test("goes from the webhook to delivery in two packages, each recorded once with its own quantities")
        func twoPackages() async throws {
            let id = try await shop.place("\(Shop.robe),\(Shop.slip)")
            let number = try #require(try await shop.order(id, in: "dispatched").external_ids.dcl.string)
            try await shop.ship(number, shop.package("1ZTWO\(id)A", ("MIE-ROBE-S", 2)))
            _ = try await shop.order(id, in: "partially_fulfilled")
            try await shop.ship(number, shop.package("1ZTWO\(id)B", ("MIE-SLIP-M", 1)))
            let fulfilled = try await shop.order(id, in: "fulfilled")
            #expect(fulfilled.shipments.array.count == 2)
            try await shop.bring("1ZTWO\(id)A")
            try await shop.deliver(number, "1ZTWO\(id)B")
            let delivered = try await shop.order(id, in: "delivered")
            #expect(delivered.lines.array.map(\.shipped.int) == [2, 1])

            let items = try await shop.itemFulfillments(number)
            #expect(items.count == 2)
            let fulfillments = try await shop.fulfillments(id)
            #expect(fulfillments.compactMap(\.tracking_number.string).sorted() == ["1ZTWO\(id)A", "1ZTWO\(id)B"])
            let tagged = try await shop.shopOrder(id)
            #expect(tagged.tags.string?.contains("SENT_TO_NS") == true)
            #expect(tagged.fulfillment_status.string == "fulfilled")
            let salesOrder = try #require(try await shop.salesOrders(id).first)
            #expect(salesOrder.custbody_sent_to_3pl.bool == true)
            let saga = try await shop.saga(of: delivered)
            #expect(saga.status.string == "completed")
        }

        @Test(
            "twenty copies of a webhook at once, then its topics out of order: one order, one saga, one of each effect")
        func duplicates() async throws {
            let id = try await shop.place(Shop.robe, webhook: false)
            let payload = try await shop.shopOrder(id)
            let webhook = SignedWebhook(stack: stack, body: payload.description)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await webhook.post(topic: "orders/paid", deliveryID: "dup-\(id)") }
                }
                for try await status in group { #expect(status == 200) }
            }
            for topic in ["orders/updated", "orders/paid", "orders/create"] {
                #expect(try await webhook.post(topic: topic, deliveryID: "\(topic)-\(id)") == 200)
            }
            let order = try await shop.order(id, in: "dispatched")
            let page = try await stack.api("GET", "orders?external_id=\(id)").json
            #expect(page.data.array.count == 1)
            let sagas = try await stack.api("GET", "sagas?subject=\(order.id.string ?? "")").json
            #expect(sagas.data.array.count == 1)
            #expect(try await shop.salesOrders(id).count == 1)
            #expect(try await shop.warehouseOrders(order.external_ids.dcl.string ?? "").count == 1)
        }

        @Test("an order the warehouse refuses is undone in reverse and delivered by a restart once the cause is gone")
        func refusedAndRestarted() async throws {
            let sku = "MIE-SLIP-L"
            _ = try await stack.simulator("POST", "/_sim/dcl/refuse", #"{"sku":"\#(sku)"}"#)
            let id = try await shop.place(#"{"sku":"\#(sku)","quantity":1,"price":"40.00"}"#)
            let order = try await shop.order(id, in: "needs_attention")
            #expect(order.status_reason.message.string?.contains(sku) == true)
            let saga = try await shop.saga(of: order)
            #expect(saga.status.string == "compensated")
            let undone = saga.steps.array.filter { $0.undo.status.string == "completed" }.map(\.undo.name.string)
            #expect(undone == ["CancelSalesOrder", "UntagShopOrder"])
            #expect(try await undoOrder(id) == ["tagsRemove", "close"])
            #expect(try await shop.shopOrder(id).tags.string?.contains("SENT_TO_NS") == false)
            #expect(try await shop.salesOrders(id).map(\.status.id.string) == ["H"])

            _ = try await stack.simulator("DELETE", "/_sim/dcl/refuse")
            let path = "sagas/\(saga.id.string ?? "")/restart"
            #expect(try await stack.api("POST", path, #"{"reason":"the item is back"}"#).status == 202)
            let again = try await shop.order(id, in: "dispatched")
            let number = try #require(again.external_ids.dcl.string)
            try await shop.ship(number, shop.package("1ZAGAIN\(id)", (sku, 1)))
            try await shop.deliver(number, "1ZAGAIN\(id)")
            _ = try await shop.order(id, in: "delivered")
            #expect(
                try await shop.salesOrders(id).compactMap(\.externalId.string).sorted() == [
                    "shopify-\(id)", "shopify-\(id)-2",
                ])
        }

        /// In which order the journal saw the tag removed and the sales order closed.
        private func undoOrder(_ shopID: String) async throws -> [String] {
            let salesOrderID = try await shop.salesOrders(shopID).first?.id.string ?? ""
            return try await stack.simulator("GET", "/_sim/journal").json.data.array.compactMap { entry in
                let body = entry.body.description
                if body.contains("tagsRemove"), body.contains(shopID) { return "tagsRemove" }
                if body.contains("isClosed"), entry.path.string?.hasSuffix("salesOrder/\(salesOrderID)") == true {
                    return "close"
                }
                return nil
            }
        }
    }
}
