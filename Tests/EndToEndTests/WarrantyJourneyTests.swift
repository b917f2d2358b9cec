import Foundation
import Support
import Testing

extension EndToEnd {
    @Suite("A warranty claim's journey")
    struct WarrantyJourneyTests {
        let stack: RunningStack
        let shop: Shop

        init() throws {
            stack = try RunningStack()
            shop = Shop(stack: stack)
        }

        /// An order of two robes with the customer, its payment known.
        private func delivered() async throws -> (shopID: String, orderID: String) {
            let id = try await shop.place(Shop.robe)
            let number = try #require(try await shop.order(id, in: "dispatched").external_ids.dcl.string)
            try await shop.ship(number, shop.package("1ZWTY\(id)", ("MIE-ROBE-S", 2)))
            _ = try await shop.order(id, in: "fulfilled")
            try await shop.deliver(number, "1ZWTY\(id)")
            let orderID = try #require(try await shop.order(id, in: "delivered").id.string)
            // The shop lets in two calls a second, and those of orders under way go first.
            _ = try await stack.eventually("the payment to be known", within: .seconds(180)) {
                try await stack.api("GET", "orders/\(orderID)/ledger")
            } until: {
                !$0.tenders.array.isEmpty
            }
            return (id, orderID)
        }

        private func eventually(_ id: String, is status: String) async throws -> JSON {
            try await stack.eventually("claim \(id) to be \(status)", within: .seconds(180)) {
                try await stack.api("GET", "warranties/\(id)")
            } until: {
                $0.status.string == status
            }
        }

        /// Claimed, labelled, received and found to be faulty.
        private func inspected(_ orderID: String, wishing remedy: String) async throws -> String {
            let made = try await stack.api(
                "POST", "warranties",
                """
                {"order_id":"\(orderID)","sku":"MIE-ROBE-S","problem":"defect","remedy":"\(remedy)",
                 "description":"The seam came apart.","evidence":[{"url":"https://example.com/seam.jpg"}]}
                """)
            #expect(made.status == 201, "\(made.json)")
            let id = try #require(made.json.id.string)
            let labelled = try await eventually(id, is: "label_sent")
            #expect(labelled.label.country.string == "US" && labelled.coverage.covered.bool == true)
            let goods = try #require(labelled.return_id.string)
            let advice = try await stack.api("POST", "returns/\(goods)/cancel", #"{"reason":"x"}"#)
            #expect(advice.status == 409 && advice.json.detail.string?.contains("/warranties/\(id)/cancel") == true)
            let received = try await stack.api(
                "POST", "returns/\(goods)/receive", #"{"lines":[{"sku":"MIE-ROBE-S","quantity":1}]}"#)
            #expect(received.status == 202, "\(received.json)")
            _ = try await eventually(id, is: "received")
            let found = try await stack.api("POST", "warranties/\(id)/inspect", #"{"finding":"defect"}"#)
            #expect(found.status == 202, "\(found.json)")
            return id
        }

        @Test("a faulty robe is replaced at no charge, and the new one travels as an order, though a service is killed")
        func replacement() async throws {
            let (_, orderID) = try await delivered()
            let id = try await inspected(orderID, wishing: "replacement")
            try stack.kill("returns")
            let closed = try await eventually(id, is: "closed")
            #expect(closed.remedy.string == "replacement")
            let late = try await stack.api("POST", "warranties/\(id)/cancel", #"{"reason":"too late"}"#)
            #expect(late.status == 409 && late.json.code.string == "past_pivot")
            let shopID = try #require(closed.replacement.shop_order_id.string)
            let order = try await shop.order(shopID, in: "dispatched", within: .seconds(180))
            #expect(order.total.string == "0.00" && order.lines[0].quantity.int == 1)
            let shown = try await stack.api("GET", "warranties/\(id)").json
            #expect(shown.replacement.order_id.string == order.id.string)
            #expect(try await shop.salesOrders(shopID).count == 1)
            _ = try await stack.eventually("the mail of the new goods", within: .seconds(60)) {
                try await stack.api("GET", "emails?status=sent&limit=250")
            } until: { page in
                page.data.array.contains { $0.subject.string == id && $0.template.string == "warranty.replaced" }
            }
        }

        @Test("a faulty robe is refunded whole and once, and its unit is spent")
        func refund() async throws {
            let (shopID, orderID) = try await delivered()
            let id = try await inspected(orderID, wishing: "refund")
            let refunded = try await eventually(id, is: "refunded")
            #expect(refunded.refund.amount.string == "74.50")
            let refunds = try await stack.simulator("GET", "/_sim/shopify/state").json.refunds.array
                .filter { $0.order_id.int == Int(shopID) }
            #expect(refunds.count == 1)
            let again = try await stack.api(
                "POST", "warranties", #"{"order_id":"\#(orderID)","sku":"MIE-ROBE-S","quantity":2,"problem":"defect"}"#)
            #expect(again.status == 409 && again.json.code.string == "already_returned")
        }
    }
}
