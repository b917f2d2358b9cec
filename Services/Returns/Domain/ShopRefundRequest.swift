import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// A refund in the shop's terms: written down before the call.
struct ShopRefundRequest: Codable, Sendable {
    struct Line: Codable, Sendable, Equatable {
        var lineID: String
        var quantity: Int
    }

    struct Payment: Codable, Sendable, Equatable {
        /// The sale or capture it is given back from.
        var parentID: String
        var amount: DecimalText
    }

    var shopOrder: String
    /// Our id of the refund.
    var reference: String
    var note: String
    var currency: String
    var lines: [Line]
    /// In the terms of its price: without the tax, which the shop gives back with it, unless prices include that.
    var shipping: DecimalText?
    var payments: [Payment]
    /// Instead of the payments.
    var storeCredit: DecimalText?
    /// Whether the shop has told of it already: then it is only looked for.
    var isMade: Bool?
    /// What has gone back at Stripe already, where only the shop's part is to come; nil while Stripe is to be asked.
    var given: [StripePart]?
    /// What refunds that failed at Stripe have left recorded in the shop, payment by payment: it stands for as much of
    /// this one. Nil for nothing.
    var recorded: [Payment]?

    /// What the customer paid in, where that is not what the refund is in; nil where it is.
    func otherCurrency(_ transactions: [ShopifyTransaction]) -> String? {
        let paid = transactions.filter { $0.bringsMoney && $0.hasSucceeded }
        let from = storeCredit == nil ? paid.filter { sale in payments.contains { $0.parentID == sale.id.text } } : paid
        return from.compactMap(\.currency).first { $0 != currency }
    }

    /// - Parameter transactions: of the order, which say by which gateway a payment came.
    func draft(_ transactions: [ShopifyTransaction]) -> ShopifyRefundDraft {
        let gateways = Dictionary(transactions.map { ($0.id.text, $0.gateway ?? "") }) { first, _ in first }
        var draft = ShopifyRefundDraft(
            order: ShopifyID(shopOrder), reference: reference, currency: currency, note: note)
        draft.lines = lines.map { .init(lineItemID: ShopifyID($0.lineID), quantity: $0.quantity) }
        draft.shipping = shipping.map(ShopifyRefundDraft.Shipping.amount)
        if let storeCredit {
            draft.storeCredit = .init(amount: storeCredit)
        } else {
            draft.payments = unrecorded.map {
                .init(parentID: ShopifyID($0.parentID), gateway: gateways[$0.parentID] ?? "", amount: $0.amount)
            }
        }
        return draft
    }

    /// The payments with what the shop still has to write down of each.
    var unrecorded: [Payment] {
        payments.compactMap { payment in
            guard let before = recorded?.first(where: { $0.parentID == payment.parentID })?.amount,
                let rest = payment.amount.less([before])
            else { return payment }
            guard let decimal = rest.decimal, decimal > 0 else { return nil }
            return Payment(parentID: payment.parentID, amount: rest)
        }
    }
}

extension ShopRefundRequest {
    /// What the ledger has reserved for it, payment by payment.
    init(_ refund: RefundStore.Row, shopOrder: String, in transaction: HandlerTransaction) async throws {
        let amounts = try await RefundStore(transaction).amounts(of: refund.id, in: refund.orderID)
        var calculation = try await RefundStore(transaction).calculation(of: refund.id)
        // WHY: a refund that failed stays in the shop with its lines, which no other one may take back again.
        if let returnID = refund.returnID,
            try await RefundStore(transaction).isInShop(returnID, besides: refund.id)
        {
            calculation = nil
        }
        let sale = try await LedgerStore(transaction).sale(of: refund.orderID)
        let recorded = try await StripeRefundStore(transaction).recordedInVain(
            besides: refund.id, of: refund.orderID)
        func decimal(_ minorUnits: Int64) -> DecimalText {
            DecimalText(Money(minorUnits: minorUnits, currency: refund.amount.currency).decimalString)
        }
        self.init(
            shopOrder: shopOrder, reference: refund.id.description, note: refund.reason ?? "",
            currency: refund.amount.currency.code, lines: Self.lines(calculation),
            shipping: try Self.shipping(calculation, sale).map(decimal),
            payments: amounts.map { Payment(parentID: $0.parentID, amount: decimal($0.amount)) },
            storeCredit: refund.destination == .storeCredit ? DecimalText(refund.amount.decimalString) : nil,
            recorded: recorded.isEmpty
                ? nil : recorded.map { Payment(parentID: $0.parentID, amount: decimal($0.amount)) })
    }

    /// Minor units; nil for none.
    ///
    /// WHY: the shop keeps shipping and its tax apart. What is asked for with the tax is more than there is to give back.
    private static func shipping(_ calculation: RefundResult?, _ sale: Sale?) throws(MoneyError) -> Int64? {
        guard let calculation, let sale, calculation.shippingRefund.minorUnits > 0 else { return nil }
        guard !sale.taxesIncluded, sale.shippingTax.minorUnits > 0 else { return calculation.shippingRefund.minorUnits }
        var net = calculation.shippingRefundNet
        if calculation.shippingRefundTax == nil {
            // WHY: a calculation of an older build does not tell its tax.
            let weights = [sale.shipping.minorUnits, sale.shippingTax.minorUnits]
            net = try calculation.shippingRefund.allocate(weights: weights)[0].minorUnits
        }
        return net > 0 ? net : nil
    }

    /// Units of one line together, whatever their condition. Kept goods are none that the shop takes back.
    private static func lines(_ calculation: RefundResult?) -> [Line] {
        var lines: [Line] = []
        for line in calculation?.lines ?? [] where line.keptDeduction == nil {
            if let index = lines.firstIndex(where: { $0.lineID == line.lineID }) {
                lines[index].quantity += line.quantity
            } else {
                lines.append(Line(lineID: line.lineID, quantity: line.quantity))
            }
        }
        return lines
    }
}
