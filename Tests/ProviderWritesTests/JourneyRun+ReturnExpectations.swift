import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

extension JourneyRun {
    /// Everything that a parcel needs to come back is there once, and from Canada it comes on a Canadian label.
    func expectArranged(_ opened: PerOrder<OpenedReturn>) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let warehouse = try await bench.simulators.control("GET", "/_sim/dcl/state")
        let broker = try await bench.simulators.control("GET", "/_sim/shipstation/state")
        for goods in opened.values.values {
            let key = "\(goods.id)"
            #expect(erp.returnAuthorizations.array.filter { $0.externalId.string == key }.count == 1)
            let number = ReturnNumber.of(returnKey: key)
            #expect(warehouse.rmas.array.filter { $0.rma_number.string == number }.count == 1)
            let labels = broker.labels.array.filter { $0.external_shipment_id.string == key }
            #expect(labels.count == 1)
            #expect(labels.first?.carrier_code.string == (goods.country == "CA" ? "canada_post" : "stamps_com"))
            #expect(labels.first?.ship_from.country_code.string == goods.country)
            #expect(labels.first?.ship_to.country_code.string == goods.country)
            try await expectMessage(goods, labels.first?.tracking_number.string ?? "?")
        }
        try await expectDocuments()
    }

    /// The document of each label is kept by itself, and nowhere else.
    private func expectDocuments() async throws {
        let row = try await bench.returns.pool.query(
            """
            SELECT (SELECT count(*) FROM platform.documents) AS documents,
                   (SELECT max(octet_length(outcome::text)) FROM effects WHERE key LIKE 'label.buy:%') AS longest
            """, workspace: bench.workspaceID.uuid)[0]
        #expect(try row("documents", as: Int.self) == orders.count)
        #expect(try row("longest", as: Int.self) < 1000)
    }

    /// The customer has the message once, with the label and its number.
    private func expectMessage(_ goods: OpenedReturn, _ trackingNumber: String) async throws {
        let ticket = try await bench.simulators.control("GET", "/_sim/gorgias/tickets/\(goods.ticketID)")
        let posted = ticket.messages.array.filter { $0.external_id.string == "\(goods.id)/label" }
        #expect(posted.count == 1)
        let number = ReturnNumber.of(returnKey: "\(goods.id)")
        #expect(posted.first?.attachments.array.map(\.name.string) == ["return-label-\(number).pdf"])
        #expect(posted.first?.body_text.string?.contains(trackingNumber) == true)
        #expect(ticket.tags.array.map(\.name.string) == ["stateset-return"])
        let fields = ticket.custom_fields.array.map(\.value.string)
        #expect(fields == [number, trackingNumber])
    }

    /// Everything was taken back, once; the subscription goes on as it was.
    func expectUndone(_ opened: PerOrder<OpenedReturn>) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let warehouse = try await bench.simulators.control("GET", "/_sim/dcl/state")
        let broker = try await bench.simulators.control("GET", "/_sim/shipstation/state")
        let subscriptions = try await bench.simulators.control("GET", "/_sim/recharge/state").subscriptions
        for goods in opened.values.values {
            let key = "\(goods.id)"
            let authorized = erp.returnAuthorizations.array.filter { $0.externalId.string == key }
            #expect(authorized.map(\.status.id.string) == ["H"])
            let announced = warehouse.rmas.array.filter {
                $0.rma_number.string == ReturnNumber.of(returnKey: key)
            }
            #expect(announced.map(\.is_cancelled.bool) == [true])
            let labels = broker.labels.array.filter { $0.external_shipment_id.string == key }
            #expect(labels.map(\.voided.bool) == [true])
            let subscription = subscriptions.array.first { $0.id.int == Int(goods.subscriptionID) }
            #expect(subscription?.status.string == "active")
            #expect(subscription?.next_charge_scheduled_at.string == Self.nextCharge)
        }
        try await expectTimelines(opened)
    }

    private func expectTimelines(_ opened: PerOrder<OpenedReturn>) async throws {
        let rows = try await bench.returns.pool.query(
            """
            SELECT r.label ->> 'is_voided' AS voided, r.external_ids::text AS ids,
                   (SELECT array_agg(t.type ORDER BY t.type) FROM return_timeline t WHERE t.return_id = r.id) AS types
            FROM returns r
            """, workspace: bench.workspaceID.uuid)
        #expect(rows.count == orders.count)
        for row in rows {
            #expect(try row("voided", as: String?.self) == "true")
            #expect(try row("ids", as: String.self).contains("netsuite") == false)
            let types: [String] = try row("types")
            #expect(
                types == [
                    "return.announced", "return.announcement_cancelled", "return.authorization_cancelled",
                    "return.authorized", "return.exchange_cancelled", "return.exchange_opened", "return.label_bought",
                    "return.label_voided", "return.message_posted",
                    "return.subscription_cancelled", "return.subscription_restored",
                ])
        }
    }

    /// One draft of each return's second life was reserved and has become an order, and the first one's is gone; the
    /// price of the slip is not given back.
    func expectExchanged(
        _ opened: PerOrder<OpenedReturn>, _ ordered: PerOrder<String?>,
        _ refunds: PerOrder<RequestReturnRefund.Reply>
    ) async throws {
        let drafts = try await bench.simulators.control("GET", "/_sim/shopify/state").draftOrders.array
        for order in orders {
            let goods = opened[order.shopID]
            #expect(drafts.allSatisfy { $0.tags.string != "\(goods.id)" })
            let mine = drafts.filter { $0.tags.string == goods.secondKey }
            #expect(mine.map(\.status.string) == ["completed"])
            #expect(mine.first?.reserve_inventory_until.string != nil)
            #expect(mine.first?.order_id.int.map(String.init) == ordered[order.shopID])
            let row = try await bench.returns.pool.query(
                "SELECT exchange -> 'credit' ->> 'amount' AS credit FROM returns WHERE id = \(goods.id.uuid)",
                workspace: bench.workspaceID.uuid)[0]
            let refund = refunds[order.shopID]
            let currency = try #require(Currency(code: refund.currency))
            let slip = try Money(decimal: "39.00", currency: currency)
            let credit = try Money(decimal: row("credit", as: String.self), currency: currency)
            #expect(try Money(decimal: refund.amount, currency: currency) + slip == credit)
        }
    }

    /// What was given back, what came in and what is credited for it is there once, to the cent.
    func expectBooked(
        _ opened: PerOrder<OpenedReturn>, _ refunds: PerOrder<RequestReturnRefund.Reply>
    ) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let books = try await bench.simulators.control("GET", "/_sim/quickbooks/state")
        let shop = try await bench.simulators.control("GET", "/_sim/shopify/state")
        for order in orders {
            let (goods, refund) = (opened[order.shopID], refunds[order.shopID])
            let id = try #require(refund.refundID)
            let total = Int64((Double(refund.amount) ?? -1) * 100 + 0.5)
            #expect(shop.refunds.array.filter { $0.note.string?.contains("\(id)") == true }.count == 1)
            for suffix in ["stock", "other"] {
                let receipts = erp.itemReceipts.array.filter { $0.externalId.string == "\(goods.secondKey)-\(suffix)" }
                #expect(receipts.map { $0.item.items.array.map(\.quantity.int) } == [[1]])
            }
            let credited = erp.cashRefunds.array.filter { $0.externalId.string == "\(id)" }
            #expect(credited.map { Self.cents($0.total) } == [total])
            let number = ReturnNumber.of(refund: "\(id)")
            let booked = books.refundReceipts.array.filter { $0.DocNumber.string == number }
            #expect(booked.map { Self.cents($0.TotalAmt) } == [total])
        }
        #expect(erp.creditMemos.array.isEmpty)
    }

    func expectTicketsClosed(_ opened: PerOrder<OpenedReturn>) async throws {
        let tickets = try await bench.simulators.control("GET", "/_sim/gorgias/state").tickets.array
        for order in orders {
            let ticket = tickets.first { $0.id.int.map(String.init) == opened[order.shopID].ticketID }
            #expect(ticket?.status.string == "closed")
        }
        let told = try await bench.returns.pool.query(
            "SELECT count(*) AS told FROM return_timeline WHERE type = 'return.ticket_closed'",
            workspace: bench.workspaceID.uuid)
        #expect(try told[0]("told", as: Int.self) == orders.count)
    }

    private static func cents(_ amount: JSON) -> Int64 {
        amount.number.map { Int64(($0 * 100).rounded()) } ?? -1
    }
}
