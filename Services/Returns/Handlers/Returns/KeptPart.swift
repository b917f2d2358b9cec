import Commerce
import Contracts
import Messaging
import Views

/// Approves a part of a return, before anything was done for the whole. The lock of the order's ledger is held.
///
/// *Guarantees*: what is not kept is in another return's reach with the decision, unless a refund in the shop waits for it,
/// and its customer is told of it once. What follows is of what is kept alone: units, authorization, label, refund, fees.
struct KeptPart: Sendable {
    let transaction: HandlerTransaction

    /// - Returns: what the saga has to know of what is left; nil where all of it is kept.
    ///
    /// Failure: a ``Refusal`` with the field that is wrong; `lines_settled` where it is too late for a part.
    func keep(
        _ lines: [DecideReturn.Line], for exchangeLines: [ReturnRequest.ExchangeLine]?, saying message: String?,
        of goods: inout ReturnCase
    ) async throws -> ReturnPlan? {
        try await requireUntouched(goods.row)
        let part = try PartialApproval(lines, of: goods.row.units)
        guard !part.declined.isEmpty else {
            guard exchangeLines == nil, message == nil else {
                throw Refusal(
                    code: "nothing_declined",
                    message: "All of it is kept, and nothing to be told of: approve it with the reason alone.",
                    field: "lines")
            }
            return nil
        }
        let wanted = try PartialApproval.exchangeLines(exchangeLines, of: goods.row.request)
        let row = goods.row
        guard
            let ground = try await ReturnGround.read(
                row.orderID, policy: row.policyVersion, besides: row.id.uuid, in: transaction.database)
        else { throw Refusal(code: "unknown_order", message: "There is no order \(row.orderID).") }
        try goods.row.keep(part, for: wanted, on: ground)
        try await release(part.declined, of: row)
        try await tell(part.declinedLines(saying: message), &goods)
        return ReturnPlan(goods.row, ground.policy)
    }

    private func requireUntouched(_ row: ReturnRow) async throws {
        guard row.receivedAt == nil else {
            throw Refusal(
                code: "lines_settled",
                message: "Goods are here: what of them is not accepted is said with POST /returns/\(row.id)/inspect. "
                    + "Approve it without 'lines'.", field: "lines")
        }
        let wasApproved = try await ReturnTimeline(row.id, transaction).has("return.approved", inLife: row.key)
        guard !row.rests, row.exchangeOrder == nil, !wasApproved else {
            throw Refusal(
                code: "lines_settled",
                message: "The return was approved before, and what was done since is of all its lines: approve it "
                    + "without 'lines', or cancel it and open one of what is kept.", field: "lines")
        }
    }

    private func release(_ units: [ReturnUnit], of row: ReturnRow) async throws {
        let held = HeldUnitStore(transaction, of: row.orderID)
        for (lineID, units) in Dictionary(grouping: units, by: \.lineID) {
            try await held.release(UnitNumbers(units.map(\.number)), of: lineID, by: row.id.uuid)
        }
        try await ReturnStore(transaction).remove(units, from: row.id)
        try await ShopUnits.makeUp(of: row.orderID, in: transaction)
    }

    private func tell(_ lines: [DeclinedLine], _ goods: inout ReturnCase) async throws {
        goods.row.declined += lines
        let row = goods.row
        let names = lines.map { "\($0.quantity) × \($0.name)" }.joined(separator: ", ")
        ReturnTimeline(row.id, transaction).append(
            ReturnHappening("return.partly_approved", "Not accepted: \(names).", dedupeKey: row.key))
        try await ReturnNotice(.returnPartlyApproved, of: row, version: row.key).send(in: transaction)
        try transaction.send(
            PostReturnMessage(returnID: row.id, message: .partlyApproved), subject: row.id.description)
    }
}
