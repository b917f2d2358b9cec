import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Enters in the ERP what was given back: as a cash refund where orders are cash sales, otherwise as a credit memo.
struct RecordReturnCreditHandler: EffectHandler {
    typealias Message = RecordReturnCredit

    let accounts: ProviderAccounts
    let effect = EffectKind("netsuite", "credit.create", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var authorizationID: String
        var externalID: String
        var memo: String
        var credit: CreditedGoods
        /// Whether the goods went for others; nothing is credited then.
        var isExchange: Bool?
        /// What is here, for accounts that receive with the credit; nil from a build that had none of these.
        var units: [SKUQuantity]?
    }

    struct Outcome: Codable, Sendable {
        /// Nil where the workspace keeps no books there, or nothing came in that could be credited.
        var creditID: String?
        var isCashRefund = false
        var isMissed = false
    }

    func plan(
        _ command: RecordReturnCredit, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, RecordReturnCredit.Reply> {
        let refunded = try await RefundedReturn.lock(command.returnID, in: transaction)
        guard let authorizationID = refunded.row.externalIDs["netsuite"] else {
            return .reply(RecordReturnCredit.Reply(creditID: nil))
        }
        guard let refund = refunded.refund,
            let result = try await RefundStore(transaction).bookedCalculation(of: refund.id)
        else {
            return try await exchange(refunded.row, authorizationID, transaction)
        }
        let skus = Dictionary(refunded.row.units.map { ($0.lineID, $0.sku) }, uniquingKeysWith: { first, _ in first })
        return .effect(
            key: "credit.create:\(refund.id)",
            Request(
                authorizationID: authorizationID, externalID: "\(refund.id)",
                memo: "Refund \(ReturnNumber.of(refund: "\(refund.id)"))",
                credit: CreditedGoods(result, skus: skus), units: refunded.row.receivedUnits))
    }

    /// The units without an amount.
    ///
    /// WHY: their worth is in the books already, as the discount of the order they went for. Left out, the authorization
    /// would wait for its refund until somebody gives one.
    private func exchange(
        _ row: ReturnRow, _ authorizationID: String, _ transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, RecordReturnCredit.Reply> {
        guard let exchange = try await ExchangeStore(transaction).find(row.id), exchange.orderID != nil else {
            return .reply(RecordReturnCredit.Reply(creditID: nil))
        }
        return .effect(
            key: "credit.create:\(row.key)",
            Request(
                authorizationID: authorizationID, externalID: "\(row.key)-exchange",
                memo: "Return \(ReturnNumber.of(returnKey: row.key)), exchanged",
                credit: CreditedGoods(nothingIn: exchange.credit.currency), isExchange: true,
                units: row.receivedUnits))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        guard let account = try await accounts.netSuite(call.workspaceID) else { return Outcome() }
        let isCash = account.settings.cashSale
        let client = account.client
        func present() async throws -> String? {
            isCash
                ? try await client.cashRefund(externalID: request.externalID)
                : try await client.creditMemo(externalID: request.externalID)
        }
        do {
            let authorization = try await client.returnAuthorization(request.authorizationID)
            let units = account.settings.itemReceipts ? nil : request.units
            let draft = try NetSuiteCreditDraft(
                request, of: authorization, receiving: units, on: BusinessDay.text(call.now))
            guard let draft else {
                return Outcome(isMissed: true)
            }
            let made =
                isCash
                ? try await client.refundReturn(authorization: request.authorizationID, draft)
                : try await client.creditReturn(authorization: request.authorizationID, draft)
            return Outcome(creditID: made.id, isCashRefund: isCash)
        } catch let failure as ProviderFailure where failure.isRefusal {
            // WHY: an earlier sending that arrived has credited all there is.
            guard let id = try await present() else { throw failure }
            return Outcome(creditID: id, isCashRefund: isCash)
        }
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: RecordReturnCredit,
        in transaction: HandlerTransaction
    ) async throws -> RecordReturnCredit.Reply {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if outcome.isMissed {
            try await goods.save(
                ReturnHappening(
                    "return.credit_missed", "Nothing has come in at NetSuite that the refund could be entered for.",
                    externalRef: "netsuite:\(request.authorizationID)", dedupeKey: request.externalID))
        }
        guard let id = outcome.creditID else { return RecordReturnCredit.Reply(creditID: nil) }
        goods.row.externalIDs["netsuite_credit"] = id
        let document = outcome.isCashRefund ? "cash refund" : "credit memo"
        let summary =
            request.isExchange == true
            ? "NetSuite has the exchange, as a \(document) without an amount." : "NetSuite has the \(document)."
        try await goods.save(
            ReturnHappening(
                "return.credit_recorded", summary, externalRef: "netsuite:\(id)", dedupeKey: id))
        return RecordReturnCredit.Reply(creditID: id)
    }
}

extension NetSuiteCreditDraft {
    /// Nil where nothing of the authorization has come in.
    /// - Parameter units: what comes in with it; nil where receipts have entered that.
    fileprivate init?(
        _ request: RecordReturnCreditHandler.Request, of authorization: NetSuiteReturnAuthorization,
        receiving units: [SKUQuantity]?, on day: String
    ) throws {
        let open = authorization.lines.map { ERPLine(number: $0.number, sku: $0.sku ?? "", room: $0.openQuantity) }
        let taken = try units.map { units in
            try LineAllocation.allocate(
                units.map { ReturnedUnits(sku: $0.sku, quantity: $0.quantity) }, to: open)
        }
        let received = authorization.lines.map { line in
            CreditedGoods.Received(
                number: line.number, sku: line.sku ?? "",
                quantity: taken.map { $0[line.number] ?? 0 } ?? line.quantityReceived)
        }
        let lines = try request.credit.lines(received)
        guard !lines.isEmpty else { return nil }
        self.init(externalID: request.externalID, tranDate: day, memo: request.memo, lines: lines)
        let (shipping, tax) = (request.credit.shipping, request.credit.tax)
        shippingCost = shipping.minorUnits == 0 ? nil : DecimalText(shipping.decimalString)
        taxTotal = tax.minorUnits == 0 ? nil : DecimalText(tax.decimalString)
    }
}

extension ReturnRow {
    /// So many of each SKU as are here.
    fileprivate var receivedUnits: [SKUQuantity] { units.filter { $0.isHere && !$0.stays }.bySKU }
}
