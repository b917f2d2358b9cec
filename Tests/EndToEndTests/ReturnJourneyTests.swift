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

        /// A return of so many robes, with its label at the customer.
        private func labelled(_ quantity: Int, of order: JSON) async throws -> String {
            let asked = try await stack.api(
                "POST", "returns",
                """
                {"order_id":"\(order.id.string ?? "")",
                 "lines":[{"sku":"MIE-ROBE-S","quantity":\(quantity),"reason":"wrong_size"}]}
                """)
            let id = try #require(asked.json.id.string, "\(asked.json)")
            _ = try await eventually("returns/\(id)", is: "label_sent")
            return id
        }

        /// Somebody refunds in the shop, and we hear of it.
        private func refundInShop(
            _ shopID: String, of order: JSON, _ amount: String, lines: String = "[]"
        ) async throws {
            let made = try await stack.simulator(
                "POST", "/_sim/shopify/orders/\(shopID)/refunds",
                #"{"amount":"\#(amount)","refund_line_items":\#(lines)}"#)
            #expect(made.status == 201, "\(made.json)")
            let ledger = "orders/\(order.id.string ?? "")/ledger"
            _ = try await stack.eventually("the refund to be known", within: .seconds(180)) {
                try await stack.api("GET", ledger)
            } until: {
                $0.tenders[0].refunded.string == amount
            }
        }

        /// The robes come in as good as new, and a person is asked about them.
        private func comeIn(_ quantity: Int, of id: String, line: String) async throws -> JSON {
            let received = try await stack.api(
                "POST", "returns/\(id)/receive", #"{"lines":[{"line_id":"\#(line)","quantity":\#(quantity)}]}"#)
            #expect(received.status == 202, "\(received.json)")
            let inspected = try await stack.api(
                "POST", "returns/\(id)/inspect",
                #"{"lines":[{"line_id":"\#(line)","quantity":\#(quantity),"grade":"A","matched":true}]}"#)
            #expect(inspected.status == 202, "\(inspected.json)")
            return try await eventually("returns/\(id)", is: "in_review")
        }

        private func approve(_ id: String) async throws -> JSON {
            let approved = try await stack.api("POST", "returns/\(id)/approve", #"{"reason":"looked at the order"}"#)
            #expect(approved.status == 202, "\(approved.json)")
            return try await eventually("returns/\(id)", is: "refunded")
        }

        private func line(of shopID: String) async throws -> String {
            let placed = try await stack.simulator("GET", "/_sim/shopify/orders/\(shopID)").json
            return "\(try #require(placed.line_items[0].id.int))"
        }

        @Test("a unit that is refunded in the shop while its return is on its way is not paid again unseen")
        func refundedInShop() async throws {
            let (shopID, order) = try await delivered()
            let line = try await line(of: shopID)
            let id = try await labelled(1, of: order)
            try await refundInShop(
                shopID, of: order, "74.50", lines: #"[{"line_item_id":\#(line),"quantity":1}]"#)
            let asked = try await comeIn(1, of: id, line: line)
            #expect(asked.status_reason.code.string == "refunded_in_shop")
            let refunds = try await stack.simulator("GET", "/_sim/shopify/state").json.refunds.array
            #expect(refunds.count { $0.order_id.int == Int(shopID) } == 1)
            #expect(try await approve(id).refund.amount.string == "74.50")
        }

        @Test("money given back in the shop meanwhile leaves less than was promised: a yes pays what is left")
        func cut() async throws {
            let (shopID, order) = try await delivered()
            let id = try await labelled(2, of: order)
            try await refundInShop(shopID, of: order, "5.00")
            let asked = try await comeIn(2, of: id, line: try await line(of: shopID))
            #expect(asked.status_reason.code.string == "refund_cut")
            #expect(asked.status_reason.message.string?.contains("144.00 USD left") == true)
            #expect(try await approve(id).refund.amount.string == "144.00")
            let ledger = try await stack.api("GET", "orders/\(order.id.string ?? "")/ledger").json
            #expect(ledger.tenders[0].refunded.string == "149.00" && ledger.tenders[0].pending.string == "0.00")
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
