import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// Opens returns: assessed, checked, its units held, its saga started, all in one transaction.
///
/// *Guarantees*: returns and refunds of one order are decided one after another, so that no unit is in two of them.
struct NewReturn: Sendable {
    let transaction: HandlerTransaction

    /// Failure: a ``Refusal`` with the field that is wrong; nothing has happened then.
    func open(_ request: ReturnRequest, by channel: ReturnChannel) async throws -> ReturnID {
        let orderID = try await ReturnOrder.find(request, in: transaction.database)
        return try await open(request, of: orderID, by: channel)
    }

    /// Refuses what ``open(_:by:)`` refuses, as far as it can be seen without a lock.
    @discardableResult
    func check(_ request: ReturnRequest, by channel: ReturnChannel) async throws -> ReturnAssessment {
        let orderID = try await ReturnOrder.find(request, in: transaction.database)
        guard let ground = try await ReturnGround.read(orderID, in: transaction.database) else {
            throw Refusal.paymentsUnknown
        }
        return try assess(request, channel, ground)
    }

    /// - Parameter orderID: the order, found already.
    func open(_ request: ReturnRequest, of orderID: OrderID, by channel: ReturnChannel) async throws -> ReturnID {
        guard let ledger = try await LedgerStore(transaction).lock(orderID),
            let ground = try await ReturnGround.read(orderID, in: transaction.database)
        else {
            throw Refusal.paymentsUnknown
        }
        let assessment = try assess(request, channel, ground)
        let row = try row(request, channel, orderID, assessment, ground)
        try await ReturnStore(transaction).insert(row)
        try await PromisedRoomStore(transaction).save(ledger.room(), of: row.id)
        try await HeldUnitStore(transaction, of: orderID).hold(row.units, by: row.id)
        try await tell(row)
        return row.id
    }

    private func assess(
        _ request: ReturnRequest, _ channel: ReturnChannel, _ ground: ReturnGround
    ) throws -> ReturnAssessment {
        do {
            let assessment = try ReturnAssessment(request, by: channel, on: ground, at: transaction.now)
            try ReturnCheck.check(request, assessment)
            return assessment
        } catch let wrong as RefundProblems {
            throw Refusal(wrong)
        }
    }

    private func row(
        _ request: ReturnRequest, _ channel: ReturnChannel, _ orderID: OrderID, _ assessment: ReturnAssessment,
        _ ground: ReturnGround
    ) throws(Refusal) -> ReturnRow {
        ReturnRow(
            id: ReturnID(), orderID: orderID, status: .requested, reason: nil, channel: channel, request: request,
            resolution: request.resolution ?? .originalPayment, decision: assessment.decision,
            policyVersion: assessment.decision.policyVersion, label: nil, externalIDs: [:], refundID: nil,
            generation: 1,
            sagaID: nil, sagaRun: 0, sagaVersion: 0, reviewDueAt: nil, receivedAt: nil, createdAt: transaction.now,
            units: try units(assessment, ground))
    }

    /// The lowest free units of each line.
    private func units(_ assessment: ReturnAssessment, _ ground: ReturnGround) throws(Refusal) -> [ReturnUnit] {
        var taken = HeldUnits()
        var units: [ReturnUnit] = []
        for (index, line) in assessment.lines.enumerated() {
            guard let free = ground.money?.reserve(line.quantity, of: line.lineID, beside: taken) else {
                throw Refusal(
                    code: LineReason.alreadyReturned.rawValue,
                    message:
                        "So many units of line \(line.lineID) are not left; some are in another return or refunded.",
                    field: "lines.\(line.place).quantity")
            }
            taken.take(free, of: line.lineID)
            let sold = ground.order.lines.first { $0.id == line.lineID }
            let stays = assessment.decision.lines[index].disposition != .returned
            let isAsked = !stays && ground.policy.asksChecklist(for: line.reason)
            units += free.numbers.map { number in
                ReturnUnit(
                    lineID: line.lineID, number: number, sku: sold?.sku ?? "", title: sold?.title ?? "",
                    reason: line.reason, stays: stays, checklist: isAsked ? .open : nil)
            }
        }
        return units
    }

    private func tell(_ row: ReturnRow) async throws {
        ReturnTimeline(row.id, transaction).append(
            ReturnHappening("return.requested", "The return was asked for.", dedupeKey: "1"))
        try transaction.publish(
            ReturnRequested(returnID: row.id, orderID: row.orderID), subject: row.id.description)
        guard let record = try await ReturnRecords.find(row.id, withTimeline: false, in: transaction.database) else {
            return
        }
        try transaction.announce(.returnCreated, record, subject: row.id.description)
    }
}

extension Refusal {
    /// Of an order that was just made, or whose payments cannot be entered here.
    static let paymentsUnknown = Refusal(
        code: "payments_unknown",
        message: "No payment of the order is known yet; try again in a moment. Where that does not help, its payments "
            + "may have been given up on, as those in another currency than the order's are: look at GET /dead-letters.",
        field: "order_id")
}
