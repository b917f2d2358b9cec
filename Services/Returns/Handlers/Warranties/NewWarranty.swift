import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// Opens claims: held against the terms, their units held, their saga started, all in one transaction.
///
/// *Guarantees*: claims, returns and refunds of one order are decided one after another, so that no unit is in two of
/// them; claims on one registration too.
struct NewWarranty: Sendable {
    let transaction: HandlerTransaction

    /// Failure: a ``Refusal`` with the field that is wrong; nothing has happened then.
    func open(_ request: WarrantyRequest) async throws -> WarrantyID {
        try WarrantyCheck.check(request)
        let goods = try await ClaimedGoods.find(request, in: transaction)
        let terms = try await WarrantyRecords.terms(in: transaction.database)
        let coverage = terms.coverage(of: goods.facts(request, terms, at: transaction.now))
        guard coverage.outcome != .rejected, let plan = terms.plan(for: goods.sku) else {
            let reason = coverage.reasons.first
            throw Refusal(
                code: reason?.code.rawValue ?? "no_plan", message: reason?.message ?? "There is no warranty on it.",
                field: reason?.code.field)
        }
        let row = WarrantyRow(
            id: WarrantyID(), orderID: goods.sold?.orderID, registrationID: goods.registration?.id,
            status: .requested, request: request, lineID: goods.sold?.lineID, sku: goods.sku, title: goods.title,
            quantity: goods.quantity, coverage: coverage, createdAt: transaction.now)
        try await WarrantyStore(transaction).insert(row)
        if let sold = goods.sold { try await hold(sold, of: row, plan) }
        try await tell(row)
        return row.id
    }

    /// The return that holds the units and brings them in.
    private func hold(_ sold: ClaimedGoods.Sold, of claim: WarrantyRow, _ plan: WarrantyPlan) async throws {
        var request = ReturnRequest(
            orderID: sold.orderID.description,
            lines: [.init(lineID: sold.lineID, quantity: claim.quantity, reason: claim.request.problem)],
            resolution: claim.coverage.remedies.first?.resolution)
        request.shipFrom = claim.request.shipFrom
        request.helpdesk = claim.request.helpdesk
        request.locale = claim.request.locale
        let country = (claim.request.shipFrom ?? sold.order.shippingAddress)?.country
        var row = ReturnRow(
            id: ReturnID(), orderID: sold.orderID, status: .requested, channel: .api, request: request,
            resolution: request.resolution ?? .replace,
            decision: .warranty(
                plan, lines: [(lineID: sold.lineID, sku: claim.sku, quantity: claim.quantity)], shipFrom: country),
            policyVersion: 0, label: nil, externalIDs: [:], generation: 1, sagaRun: 0, sagaVersion: 0,
            createdAt: transaction.now,
            units: sold.units.numbers.map { number in
                ReturnUnit(
                    lineID: sold.lineID, number: number, sku: claim.sku, title: claim.title,
                    reason: claim.request.problem, stays: !plan.comesBack)
            })
        row.warrantyID = claim.id
        try await ReturnStore(transaction).insert(row)
        try await HeldUnitStore(transaction, of: sold.orderID).hold(row.units, by: row.id)
        ReturnTimeline(row.id, transaction).append(
            ReturnHappening(
                "return.requested", "The goods are claimed under warranty.", externalRef: claim.id.description,
                dedupeKey: "1"))
        guard let record = try await ReturnRecords.find(row.id, withTimeline: false, in: transaction.database) else {
            return
        }
        try transaction.announce(.returnCreated, record, subject: row.id.description)
    }

    private func tell(_ row: WarrantyRow) async throws {
        try await WarrantyStore(transaction).append(
            ReturnHappening("warranty.requested", "The claim was made.", dedupeKey: "1"), to: row.id)
        try transaction.publish(WarrantyRequested(warrantyID: row.id), subject: row.id.description)
        guard let record = try await WarrantyRecords.find(row.id, withTimeline: false, in: transaction.database) else {
            return
        }
        try transaction.announce(.warrantyCreated, record, subject: row.id.description)
    }
}

struct CreateWarrantyHandler: CommandHandler {
    func handle(_ command: CreateWarranty, in transaction: HandlerTransaction) async throws -> CreateWarranty.Reply {
        .init(warrantyID: try await NewWarranty(transaction: transaction).open(command.request))
    }
}
