import Commerce
import Contracts
import Messaging
import Providers

/// Enters in the ERP what has come in: what the policy sells again into stock, the rest not. The timeline says what
/// becomes of each, also where there is no ERP.
///
/// *Guarantees*: each unit once, with the receipts' external ids. Two receipts where units of both kinds came in, for a
/// receipt puts all units of a line in stock or none. An account that has no receipts receives with the credit.
struct RecordReturnReceiptHandler: EffectHandler {
    typealias Message = RecordReturnReceipt

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "itemReceipt.create", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var authorizationID: String
        var receipts: [Receipt]
    }

    struct Receipt: Codable, Sendable, Equatable {
        var externalID: String
        var memo: String
        var restock: Bool
        var units: [SKUQuantity]
    }

    struct Outcome: Codable, Sendable {
        /// In the order of the request; none where the workspace keeps no books there.
        var receiptIDs: [String]
        /// Whether the account has no receipts.
        var isLeftToCredit: Bool?
    }

    func plan(
        _ command: RecordReturnReceipt, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, RecordReturnReceipt.Reply> {
        let row = try await RefundedReturn.lock(command.returnID, in: transaction).row
        let policy = try await PolicyStore(transaction).find(row.policyVersion, as: ReturnPolicy.self)
        let goods = Dictionary(grouping: row.units.filter { $0.isHere && !$0.stays }) {
            $0.disposition(under: policy)
        }
        if !goods.isEmpty { ReturnTimeline(row.id, transaction).append(Self.happening(goods, row)) }
        let receipts = Self.receipts(goods, row)
        guard let authorizationID = row.externalIDs["netsuite"], !receipts.isEmpty else {
            return .reply(RecordReturnReceipt.Reply(receiptID: nil))
        }
        return .effect(
            key: "itemReceipt.create:\(row.key)", Request(authorizationID: authorizationID, receipts: receipts))
    }

    private static func happening(_ goods: [GoodsDisposition: [ReturnUnit]], _ row: ReturnRow) -> ReturnHappening {
        let parts = GoodsDisposition.allCases.compactMap { disposition -> String? in
            guard let units = goods[disposition] else { return nil }
            let names = units.bySKU.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")
            return "\(names): \(disposition.rawValue)"
        }
        return ReturnHappening("return.disposed", "\(parts.joined(separator: "; ")).", dedupeKey: row.key)
    }

    private static func receipts(_ goods: [GoodsDisposition: [ReturnUnit]], _ row: ReturnRow) -> [Receipt] {
        let number = ReturnNumber.of(returnKey: row.key)
        let others = goods.filter { $0.key != .restock }.values.flatMap(\.self)
        return [(true, "stock", goods[.restock] ?? []), (false, "other", others)].compactMap { restock, suffix, units in
            guard !units.isEmpty else { return nil }
            return Receipt(
                externalID: "\(row.key)-\(suffix)", memo: "Return \(number)", restock: restock, units: units.bySKU)
        }
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        guard let account = try await accounts.netSuite(call.workspaceID) else { return Outcome(receiptIDs: []) }
        guard account.settings.itemReceipts else { return Outcome(receiptIDs: [], isLeftToCredit: true) }
        do {
            return try await receive(request, for: call, by: account.client)
        } catch let failure as ProviderFailure where failure.isRefusal {
            guard let words = try await account.client.refusalOfItemReceipts() else { throw failure }
            throw ProviderFailure.noItemReceipts(words)
        }
    }

    private func receive(
        _ request: Request, for call: EffectCall, by client: NetSuiteClient
    ) async throws -> Outcome {
        var ids: [String] = []
        for receipt in request.receipts {
            if let present = try await client.itemReceipt(externalID: receipt.externalID) {
                ids.append(present)
            } else {
                ids.append(try await receive(receipt, of: request, on: BusinessDay.text(call.now), by: client))
            }
        }
        return Outcome(receiptIDs: ids)
    }

    private func receive(
        _ receipt: Receipt, of request: Request, on day: String, by client: NetSuiteClient
    ) async throws -> String {
        do {
            let authorization = try await client.returnAuthorization(request.authorizationID)
            let open = authorization.lines.map {
                ERPLine(number: $0.number, sku: $0.sku ?? "", room: $0.openQuantity)
            }
            let units = try LineAllocation.allocate(
                receipt.units.map { ReturnedUnits(sku: $0.sku, quantity: $0.quantity) }, to: open)
            let draft = NetSuiteReceiptDraft(
                externalID: receipt.externalID, tranDate: day, memo: receipt.memo,
                lines: units.mapValues { .init(quantity: $0, restock: receipt.restock) })
            return try await client.receiveReturn(authorization: request.authorizationID, draft).id
        } catch {
            // WHY: an earlier sending that arrived has taken the units, so that this one finds none left.
            guard error.isRefusal, let id = try await client.itemReceipt(externalID: receipt.externalID) else {
                throw error
            }
            return id
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: RecordReturnReceipt,
        in transaction: HandlerTransaction
    ) async throws -> RecordReturnReceipt.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard let first = outcome.receiptIDs.first else {
            if outcome.isLeftToCredit == true { try await goods.save(Self.leftToCredit(request)) }
            return RecordReturnReceipt.Reply(receiptID: nil)
        }
        goods.row.externalIDs["netsuite_receipt"] = first
        if outcome.receiptIDs.count > 1 { goods.row.externalIDs["netsuite_receipt_other"] = outcome.receiptIDs[1] }
        let restocked = request.receipts.filter(\.restock).flatMap(\.units).reduce(0) { $0 + $1.quantity }
        let all = request.receipts.flatMap(\.units).reduce(0) { $0 + $1.quantity }
        try await goods.save(
            ReturnHappening(
                "return.receipt_recorded", "NetSuite has received \(all) units, \(restocked) of them into stock.",
                externalRef: "netsuite:\(first)", dedupeKey: first))
        return RecordReturnReceipt.Reply(receiptID: first)
    }

    private static func leftToCredit(_ request: Request) -> ReturnHappening {
        let unsold = request.receipts.filter { !$0.restock }.flatMap(\.units).reduce(0) { $0 + $1.quantity }
        let care = unsold == 0 ? "" : " \(unsold) of the units are not sold again: see that they leave its stock."
        return ReturnHappening(
            "return.receipt_left_out",
            "NetSuite has no item receipts here: what came in is entered with the credit, and by hand where there is none."
                + care, externalRef: "netsuite:\(request.authorizationID)", dedupeKey: request.authorizationID)
    }
}

extension ProviderFailure {
    /// - Parameter words: NetSuite's own.
    fileprivate static func noItemReceipts(_ words: String) -> ProviderFailure {
        .refused(
            code: "no_item_receipts",
            message:
                "NetSuite has no item receipts for us (\(words)): turn on Advanced Receiving there, or give our role the "
                + "right to them; where the account receives with the credit, set item_receipts to false with "
                + "'stateset providers set netsuite'. Then retry.")
    }
}
