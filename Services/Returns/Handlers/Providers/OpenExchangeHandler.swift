import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Sets the goods of an exchange aside in the shop as a draft order, less what the returned ones are worth, has them
/// reserved, and mails the invoice where something is left to pay.
///
/// *Guarantees*: one draft for each life of a return, found again by its reference; one invoice, of what the goods cost
/// with tax less the credit. So much of the order's payments is kept for them from before the shop is asked. Where it has
/// made an order of a draft of the return, that one stands: no other is made. *Not guaranteed*: that the goods are
/// reserved. Where the shop refuses it, the draft stands and people are told.
struct OpenExchangeHandler: EffectHandler {
    typealias Message = OpenExchange

    let accounts: ProviderAccounts
    // WHY: the shop has no key for drafts; its page asks for 30 s.
    let effect = EffectKind("shopify", "draftOrder.create", recovery: .probe(settleTime: .seconds(30)))

    struct Request: Codable, Sendable {
        var returnID: ReturnID
        var reference: String
        /// RFC 3339: before the first try.
        var since: String
        var orderNumber: String
        var wanted: [SKUQuantity]
        var credit: Money
        var email: String?
        var customerID: String?
        var shippingAddress: Address?
    }

    func plan(
        _ command: OpenExchange, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, OpenExchange.Reply> {
        // The order's ledger is locked before its returns.
        _ = try await LedgerStore(transaction).lock(OrderOfReturn.find(command.returnID, in: transaction))
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        if let orderID = row.exchangeOrder { return .reply(try await takeUp(orderID, of: row, in: transaction)) }
        guard let wanted = row.request.exchangeLines, !wanted.isEmpty else {
            throw Refusal(
                code: "no_exchange_lines", message: "The return names nothing that is wanted instead.",
                field: "exchange_lines")
        }
        let key = "draftOrder.create:\(row.key)"
        try await requireNoDoubt(of: row, key, in: transaction)
        let order = try await OrderView(transaction).document(of: row.orderID)
        let credit = try await ExchangeCredit(row, transaction).amount()
        // WHY: the invoice may have left before it is known here what the goods cost.
        try await ExchangeStore(transaction).reserve(credit, of: row.id)
        return .effect(
            key: key,
            Request(
                returnID: row.id, reference: row.key, since: row.createdAt.formatted(.iso8601),
                orderNumber: order.number, wanted: wanted.map { SKUQuantity(sku: $0.sku, quantity: $0.quantity) },
                credit: credit, email: order.customer.email, customerID: order.customer.externalID,
                shippingAddress: order.shippingAddress))
    }

    /// Failure: a ``Refusal`` for a person to decide on, before the first call.
    private func requireNoDoubt(of row: ReturnRow, _ key: String, in transaction: HandlerTransaction) async throws {
        // WHY: what a call may have made already is looked for there, whatever has come about since.
        guard try await !RefundStore(transaction).hasOpenEffect(key) else { return }
        if let doubt = try await ReturnWorth(row, transaction).doubt() { throw doubt }
    }

    /// What was ordered before the return was called off: its goods are given once.
    private func takeUp(
        _ orderID: String, of row: ReturnRow, in transaction: HandlerTransaction
    ) async throws -> OpenExchange.Reply {
        guard let exchange = try await ExchangeStore(transaction).find(row.id) else {
            throw Refusal.exchangeStands(orderID)
        }
        // WHY: the shop told of the payment when nothing waited for it any more.
        if !exchange.isCovered { try transaction.publish(ExchangePaid(returnID: row.id), subject: row.id.description) }
        return exchange.reply
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> ReturnExchange {
        let shop = try await accounts.shopify(call.workspaceID)
        let goods = try await Self.goods(request, in: shop)
        let made = try await shop.createDraftOrder(ShopifyDraftOrderRequest(request, goods), since: request.since)
        let price = try Self.price(made, request)
        let draft = try await ExchangeDraft(made, price, request.credit, in: shop).credited()
        var exchange = try ReturnExchange(draft, price, request, goods)
        exchange.reservation = try await GoodsReservation.make(for: draft, in: shop, at: call.now)
        guard exchange.due.minorUnits > 0, draft.status == .open else { return exchange }
        do {
            try await shop.sendInvoice(of: draft.id, message: nil)
        } catch {
            // WHY: the draft stands, and the customer may still pay where it says.
            guard error.isRefusal else { throw error }
            exchange.invoiceRefusal = error.message
        }
        return exchange
    }

    /// A draft is not done yet whose credit is not set, or whose invoice has not left. One that is found without its
    /// reservation gets it here: that may be asked for again, so nothing has to be waited for.
    func probe(_ request: Request, for call: EffectCall) async throws -> ReturnExchange? {
        let shop = try await accounts.shopify(call.workspaceID)
        guard let draft = try await shop.draftOrder(reference: request.reference, since: request.since) else {
            return nil
        }
        let price = try Self.price(draft, request)
        var exchange = try ReturnExchange(draft, price, request, try await Self.goods(request, in: shop))
        let isCovered =
            price.map { ExchangePrice.isNoted(on: draft) && $0.total.minorUnits <= request.credit.minorUnits } ?? true
        guard draft.status != .open || (isCovered && exchange.due.minorUnits == 0) else { return nil }
        exchange.reservation = try await GoodsReservation.make(for: draft, in: shop, at: call.now)
        return exchange
    }

    private static func price(_ draft: ShopifyDraftOrder, _ request: Request) throws -> ExchangePrice? {
        let currency = request.credit.currency
        guard draft.currency ?? currency.code == currency.code else {
            throw ProviderFailure.refused(
                code: "foreign_currency",
                message: "The shop sells in \(draft.currency ?? ""), the order was in \(currency).")
        }
        do {
            return try ExchangePrice(draft, in: currency)
        } catch {
            throw ProviderFailure.unreadableAmount(error)
        }
    }

    func settle(
        _ exchange: ReturnExchange, of request: Request, for command: OpenExchange,
        in transaction: HandlerTransaction
    ) async throws -> OpenExchange.Reply {
        // The order's ledger is locked before its returns.
        _ = try await LedgerStore(transaction).lock(OrderOfReturn.find(command.returnID, in: transaction))
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        goods.row.externalIDs["exchange"] = exchange.draftID
        try await ExchangeStore(transaction).save(exchange, of: goods.row.id)
        try await goods.save(
            ReturnHappening(
                "return.exchange_opened", exchange.summary, externalRef: "shopify:\(exchange.draftID)",
                dedupeKey: exchange.draftID))
        if case .missing(let reason) = exchange.reservation { try alert(goods.row, exchange, reason, in: transaction) }
        return exchange.reply
    }

    private func alert(
        _ row: ReturnRow, _ exchange: ReturnExchange, _ reason: String, in transaction: HandlerTransaction
    ) throws {
        var fields = ["return": "\(row.id)", "order": "\(row.orderID)"]
        fields["draft"] = exchange.name ?? exchange.draftID
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "exchange_unreserved/\(row.key)", title: "The goods of an exchange are not reserved",
                    text: "Reserve them in the shop, or they may be sold before the exchange is done: \(reason)",
                    fields: fields, next: ["stateset returns show \(row.id)"])),
            subject: row.id.description)
    }

    /// Failure: ``ProviderFailure`` `refused` for what the shop does not sell.
    private static func goods(
        _ request: Request, in shop: ShopifyClient
    ) async throws(ProviderFailure) -> [String: ShopifyVariant] {
        let goods = try await shop.variants(skus: request.wanted.map(\.sku))
        guard let missing = request.wanted.first(where: { goods[$0.sku] == nil }) else { return goods }
        throw .refused(code: "unknown_sku", message: "The shop sells no '\(missing.sku)'.")
    }
}

extension ShopifyDraftOrderRequest {
    fileprivate init(_ request: OpenExchangeHandler.Request, _ goods: [String: ShopifyVariant]) {
        self.init(
            reference: request.reference,
            lines: request.wanted.compactMap { wanted in
                goods[wanted.sku].map { Line(.variant($0.id), quantity: wanted.quantity) }
            }, email: request.email)
        customerID = request.customerID.map { ShopifyID($0) }
        shippingAddress = request.shippingAddress.map(ShopifyDraftAddress.init)
        note = "Exchange for order \(request.orderNumber)"
    }
}

extension ShopifyDraftAddress {
    init(_ address: Address) {
        self.init()
        let names = address.name?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        firstName = names.first
        lastName = names.count > 1 ? names[1] : nil
        company = address.company
        address1 = address.street1
        address2 = address.street2
        city = address.city
        provinceCode = address.region
        zip = address.postalCode
        countryCode = address.country
        phone = address.phone
    }
}

extension ReturnExchange {
    /// Whether the returned goods are worth all of it.
    fileprivate var isCovered: Bool { due.minorUnits == 0 }

    fileprivate var reply: OpenExchange.Reply {
        .init(draftID: draftID, due: due.decimalString, isPaid: isCovered)
    }

    fileprivate var summary: String {
        "The goods of the exchange \(whereabouts); \(bill)"
    }

    private var whereabouts: String {
        switch reservation {
        case .held(let until): "are reserved until \(until.prefix(10))"
        case .missing(let reason): "are in a draft order and not reserved, so that others may buy them (\(reason))"
        case nil: "are ordered"
        }
    }

    private var bill: String {
        guard due.minorUnits > 0 else { return "nothing is left to pay." }
        guard let invoiceRefusal else { return "\(due) are left to pay, and the invoice is sent." }
        let place = invoiceURL.map { " at \($0)" } ?? ""
        return "\(due) are left to pay\(place); the invoice could not be sent: \(invoiceRefusal)"
    }

    /// - Parameter price: nil for a draft of an older build; what it takes is reckoned without tax.
    ///
    /// Failure: ``ProviderFailure`` `refused` where the shop's amounts are none in the order's currency.
    fileprivate init(
        _ draft: ShopifyDraftOrder, _ price: ExchangePrice?, _ request: OpenExchangeHandler.Request,
        _ goods: [String: ShopifyVariant]
    ) throws(ProviderFailure) {
        let currency = request.credit.currency
        do {
            var lines: [Line] = []
            for wanted in request.wanted {
                let unit = try UnitPrice(decimal: goods[wanted.sku]?.price.text ?? "0")
                lines.append(
                    Line(
                        sku: wanted.sku, quantity: wanted.quantity,
                        amount: try unit.times(wanted.quantity, in: currency)))
            }
            if let price { lines = try price.lines(request.wanted, prices: lines.map(\.amount.minorUnits)) }
            self.init(
                draftID: draft.id.text, name: draft.name, credit: request.credit,
                due: try Money(decimal: draft.total?.text ?? "0", currency: currency), lines: lines,
                orderID: draft.orderID?.text, invoiceURL: draft.invoiceURL)
        } catch {
            throw .unreadableAmount(error)
        }
    }
}

extension ProviderFailure {
    fileprivate static func unreadableAmount(_ error: MoneyError) -> ProviderFailure {
        .refused(code: "unreadable_amount", message: "The shop's amount cannot be read: \(error)")
    }
}
