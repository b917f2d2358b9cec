import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

/// A return of the two robes that were shipped, and what belongs to it elsewhere.
struct OpenedReturn: Sendable {
    let id: ReturnID
    let lineID: String
    let ticketID: String
    let subscriptionID: String
    /// Where the parcel is sent from.
    let country: String

    /// What names its second life at providers.
    var secondKey: String { "\(id)-2" }
}

extension JourneyRun {
    static let nextCharge = "2199-04-01"

    /// A return of each order, approved; every other customer lives in Canada.
    /// - Parameters:
    ///   - helpdesk: which one its ticket is at.
    ///   - subscriptions: who has the subscription of its goods.
    func openReturns(
        helpdesk: String = "gorgias", subscriptions: String = "recharge"
    ) async throws -> PerOrder<OpenedReturn> {
        var opened: [String: OpenedReturn] = [:]
        for (index, order) in orders.enumerated() {
            _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
            let address: Address = index.isMultiple(of: 2) ? .american : .canadian
            opened[order.shopID] = try await open(order, from: address, helpdesk, subscriptions)
        }
        return PerOrder(values: opened)
    }

    private func open(
        _ order: OrderJourney, from address: Address, _ helpdesk: String, _ subscriptions: String
    ) async throws -> OpenedReturn {
        let ticket = try await bench.simulators.control(
            "POST", "/_sim/\(helpdesk)/tickets", #"{"customer_email":"ana@example.com","body":"It does not fit."}"#)
        let subscription = try await bench.simulators.control(
            "POST", "/_sim/\(subscriptions)/subscriptions", #"{"next_charge_date":"\#(Self.nextCharge)"}"#)
        let ticketID = "\(try #require(ticket.id.int))"
        // A number at Recharge, a text at Stripe.
        let subscriptionID = try #require(subscription.id.string ?? subscription.id.int.map(String.init))
        return try await bench.returns.handle(in: bench.workspaceID) { transaction in
            let ground = try #require(try await ReturnGround.read(order.orderID, in: transaction.database))
            var request = ReturnRequest(
                orderID: "\(order.orderID)", lines: [.init(sku: "MIE-ROBE-S", quantity: 2)])
            request.helpdesk = .init(provider: helpdesk, ticketID: ticketID)
            request.subscription = .init(provider: subscriptions, id: subscriptionID)
            request.shipFrom = address
            request.exchangeLines = [.init(sku: "MIE-SLIP-S", quantity: 3)]
            let assessed = try ReturnAssessment(request, by: .api, on: ground, at: transaction.now)
            let lineID = assessed.lines[0].lineID
            let row = ReturnRow(
                id: ReturnID(), orderID: order.orderID, status: .approved, channel: .api, request: request,
                resolution: .originalPayment, decision: assessed.decision, policyVersion: 0, externalIDs: [:],
                generation: 1, sagaRun: 0, sagaVersion: 0, createdAt: transaction.now,
                units: [1, 2].map {
                    ReturnUnit(
                        lineID: lineID, number: $0, sku: "MIE-ROBE-S", title: "Silk robe", reason: nil, stays: false)
                })
            try await ReturnStore(transaction).insert(row)
            return OpenedReturn(
                id: row.id, lineID: lineID, ticketID: ticketID, subscriptionID: subscriptionID,
                country: address.country ?? "")
        }
    }

    /// The returns are taken up again: one robe comes back as new, the other torn, and one slip is wanted instead.
    func reopen(_ opened: PerOrder<OpenedReturn>) async throws {
        let ids = opened.values.values.map(\.id.uuid)
        try await bench.returns.pool.execute(
            """
            UPDATE returns SET generation = 2, status = 'inspected',
                request = jsonb_set(request, '{exchange_lines}', '[{"sku":"MIE-SLIP-S","quantity":1}]')
            WHERE id = ANY(\(ids))
            """, workspace: bench.workspaceID.uuid)
        try await bench.returns.pool.execute(
            """
            UPDATE return_units SET state = CASE unit WHEN 1 THEN 'received' ELSE 'damaged' END, matched = true,
                grade = CASE unit WHEN 1 THEN 'A' ELSE 'D' END
            WHERE return_id = ANY(\(ids))
            """, workspace: bench.workspaceID.uuid)
    }

    /// Asks for the refund of what came back.
    func requestRefunds(_ opened: PerOrder<OpenedReturn>) async throws -> PerOrder<RequestReturnRefund.Reply> {
        var refunds: [String: RequestReturnRefund.Reply] = [:]
        for order in orders {
            let command = RequestReturnRefund(returnID: opened[order.shopID].id)
            let reply = try await bench.returns.deliver(bench.envelope(RequestReturnRefund.name, command))
            guard case .accepted(let json)? = reply else {
                Issue.record("no refund: \(String(describing: reply))")
                continue
            }
            refunds[order.shopID] = try json.decode()
        }
        return PerOrder(values: refunds)
    }
}

extension Address {
    static let american = Address(
        name: "Ana Ruiz", street1: "92 Chestnut St", city: "Louisville", region: "KY", postalCode: "40202",
        country: "US", phone: "+15024592181")
    static let canadian = Address(
        name: "Luc Roy", street1: "1 Rue Sherbrooke", city: "Montreal", region: "QC", postalCode: "H2X 1X9",
        country: "CA", phone: "+15145550100")
}
