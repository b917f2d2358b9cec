import Foundation
import Support
import Testing

extension EndToEnd {
    @Suite("A return's journey")
    struct ReturnJourneyTests {
        let stack: RunningStack
        let shop: Shop

        init() throws {
            stack = try RunningStack()
            shop = Shop(stack: stack)
        }

        /// An order of two robes with the customer.
        private func delivered() async throws -> (shopID: String, order: JSON) {
            let id = try await shop.place(Shop.robe)
            let number = try #require(try await shop.order(id, in: "dispatched").external_ids.dcl.string)
            try await shop.ship(number, shop.package("1ZBACK\(id)", ("MIE-ROBE-S", 2)))
            _ = try await shop.order(id, in: "fulfilled")
            try await shop.deliver(number, "1ZBACK\(id)")
            let order = try await shop.order(id, in: "delivered")
            // The shop lets in two calls a second, and those of orders under way go first.
            let ledger = "orders/\(order.id.string ?? "")/ledger"
            _ = try await stack.eventually("the payment to be known", within: .seconds(180)) {
                try await stack.api("GET", ledger)
            } until: {
                !$0.tenders.array.isEmpty
            }
            return (id, order)
        }

        private func eventually(
            _ path: String, is status: String, within limit: Duration = .seconds(180)
        ) async throws -> JSON {
            try await stack.eventually("\(path) to be \(status)", within: limit) {
                try await stack.api("GET", path)
            } until: {
                $0.status.string == status
            }
        }

        @Test("a ticket goes from return_requested to refunded, once, though each service on its way is killed")
        func ticket() async throws {
            let (shopID, order) = try await delivered()
            let opened = try await stack.api(
                "POST", "tickets",
                """
                {"subject":"Return Request - Order \(order["number"].string ?? "")","customer_email":"ana@example.com",
                 "status":"return_requested","custom_fields":{"order_id":"\(order["number"].string ?? "")",
                 "return_reason":"wrong_size","items_to_return":["MIE-ROBE-S"],"original_order_total":149.00}}
                """)
            #expect(opened.status == 201)
            let ticket = try #require(opened.json.id.string)
            try stack.kill("returns")
            let labelled = try await eventually("tickets/\(ticket)", is: "label_sent")
            let returnID = try #require(labelled.return_id.string)
            try stack.kill("saga-coordinator")
            let received = try await stack.api(
                "PATCH", "tickets/\(ticket)",
                #"{"status":"item_received","custom_fields":{"condition":"good","refund_amount":9999}}"#)
            #expect(received.status == 200)
            #expect(received.json.flags.array.compactMap { $0.code.string } == ["refund_amount_differs"])
            try stack.kill("notifications")
            _ = try await eventually("tickets/\(ticket)", is: "refunded")

            let goods = try await stack.api("GET", "returns/\(returnID)").json
            #expect(goods.refund.status.string == "succeeded" && goods.refund.amount.string == "74.50")
            let refunds = try await stack.simulator("GET", "/_sim/shopify/state").json.refunds.array
                .filter { $0.order_id.int == Int(shopID) }
            #expect(refunds.count == 1)
            let ledger = try await stack.api("GET", "orders/\(order.id.string ?? "")/ledger").json
            #expect(ledger.tenders[0].refunded.string == "74.50" && ledger.tenders[0].pending.string == "0.00")
            let told: Set = ["return.label_sent", "return.received", "return.refunded"]
            func mails(_ page: JSON) -> [String] {
                page.data.array.filter { $0.subject.string == returnID }.compactMap(\.template.string)
            }
            let sent = try await stack.eventually("the mails of the return") {
                try await stack.api("GET", "emails?status=sent&limit=250")
            } until: {
                told.isSubset(of: mails($0))
            }
            #expect(mails(sent).sorted() == told.sorted())
        }

        @Test("called off before receipt, a return from Canada is undone everywhere and its customer told")
        func undone() async throws {
            let (_, order) = try await delivered()
            let subscription = try await stack.simulator(
                "POST", "/_sim/recharge/subscriptions", #"{"next_charge_date":"2199-04-01"}"#)
            let subscriptionID = try #require(subscription.json.id.int)
            let asked = try await stack.api(
                "POST", "returns",
                """
                {"order_id":"\(order.id.string ?? "")","lines":[{"sku":"MIE-ROBE-S","quantity":1,"reason":"wrong_size"}],
                 "cancel_subscription":true,"subscription":{"provider":"recharge","id":"\(subscriptionID)"},
                 "ship_from":{"name":"Luc Roy","street1":"1 Rue Sherbrooke","city":"Montreal","region":"QC",
                              "postal_code":"H2X 1X9","country":"CA","phone":"+15145550100"}}
                """)
            let id = try #require(asked.json.id.string)
            let labelled = try await eventually("returns/\(id)", is: "label_sent")
            #expect(labelled.label.country.string == "CA" && labelled.label.carrier.string == "Canada Post")
            #expect(try await subscriptionStatus(subscriptionID) == "cancelled")

            let path = "returns/\(id)/cancel"
            #expect(try await stack.api("POST", path, #"{"reason":"she keeps it"}"#).status == 202)
            let cancelled = try await eventually("returns/\(id)", is: "cancelled")
            #expect(cancelled.label.voided.bool == true)
            #expect(try await subscriptionStatus(subscriptionID) == "active")
            let rmas = try await stack.simulator("GET", "/_sim/dcl/state").json.rmas.array
            let rma = rmas.first { $0.rma_number.string == cancelled.external_ids.dcl.string }
            #expect(rma?.is_cancelled.bool == true)
            let authorizations = try await stack.simulator("GET", "/_sim/netsuite/state").json.returnAuthorizations
                .array
            #expect(authorizations.first { $0.externalId.string == id }?.status.id.string == "H")
            _ = try await stack.eventually("the mail of the cancellation", within: .seconds(60)) {
                try await stack.api("GET", "emails?status=sent&limit=250")
            } until: { page in
                page.data.array.contains { $0.subject.string == id && $0.template.string == "return.cancelled" }
            }
        }

        private func subscriptionStatus(_ id: Int) async throws -> String? {
            try await stack.simulator("GET", "/_sim/recharge/state").json.subscriptions.array
                .first { $0.id.int == id }?.status.string
        }
    }
}
