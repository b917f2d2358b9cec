import Commerce
import Foundation
import Messaging
import Providers

/// The payments of a refund whose money is at Stripe: the shop's gateways of the account's settings say which.
///
/// *Guarantees*: each is given back once, however often it is asked for: the refund's id and the payment make its key at
/// Stripe, and it is looked for there first. Nothing is given where one of them cannot be, for want of a reference or of
/// room in the shop's record; after one that fails, no other one is.
struct StripeTender: Sendable {
    fileprivate struct Payment {
        let wanted: ShopRefundRequest.Payment
        let sale: ShopifyTransaction
        /// What Stripe calls it; nil where the shop does not tell.
        let source: StripeRefundSource?
    }

    private let client: StripeClient
    private let request: ShopRefundRequest
    private let transactions: [ShopifyTransaction]
    private let payments: [Payment]
    private let now: Date

    /// Nil where no payment of the refund is at Stripe, and for store credit.
    /// - Parameter transactions: of the order in the shop.
    init?(
        _ request: ShopRefundRequest, _ transactions: [ShopifyTransaction], _ account: StripeAccount, at now: Date
    ) {
        guard request.storeCredit == nil else { return nil }
        payments = request.payments.compactMap { wanted in
            guard let sale = transactions.first(where: { $0.id.text == wanted.parentID }), account.gives(sale) else {
                return nil
            }
            return Payment(wanted: wanted, sale: sale, source: sale.stripeSource(among: transactions))
        }
        guard !payments.isEmpty else { return nil }
        (client, self.request, self.transactions, self.now) = (account.client, request, transactions, now)
    }

    /// What Stripe has of it already.
    func look() async throws(ProviderFailure) -> [StripePart] {
        var parts: [StripePart] = []
        for payment in payments {
            guard let source = payment.source,
                let refund = try await client.find(try draft(payment.wanted, source))
            else { continue }
            parts.append(StripePart(payment.wanted, refund, at: now))
        }
        return parts
    }

    /// Gives back what is not given yet.
    ///
    /// Failure: `refused` where nothing of it is given; what Stripe refuses of single payments is told of those.
    /// - Parameter made: what ``look()`` has found.
    func give(besides made: [StripePart]) async throws(ProviderFailure) -> [StripePart] {
        if made.isEmpty { try await check() }
        var parts: [StripePart] = []
        for payment in payments {
            if let part = made.first(where: { $0.parentID == payment.wanted.parentID }) {
                parts.append(part)
            } else if !(made + parts).contains(where: { $0.status == .failed }) {
                do {
                    parts.append(try await give(payment))
                } catch {
                    throw made.isEmpty && parts.isEmpty ? error : error.afterGiving
                }
            }
        }
        return parts
    }

    private func give(_ payment: Payment) async throws(ProviderFailure) -> StripePart {
        do {
            let source = try payment.requireSource()
            return StripePart(payment.wanted, try await client.refund(try draft(payment.wanted, source)), at: now)
        } catch {
            guard case .refused(let code, let message) = error else { throw error }
            return StripePart(payment.wanted, refused: Refusal(code: code, message: message), at: now)
        }
    }

    private func draft(
        _ payment: ShopRefundRequest.Payment, _ source: StripeRefundSource
    ) throws(ProviderFailure) -> StripeRefundDraft {
        var metadata = ["refund_id": request.reference, "shopify_order": request.shopOrder]
        if !request.note.isEmpty { metadata["reason"] = String(request.note.prefix(Self.reasonMax)) }
        return StripeRefundDraft(
            key: StripeRefundKey(refund: request.reference, paymentID: payment.parentID).text, source: source,
            amount: try money(payment.amount), metadata: metadata)
    }

    // LIMIT: Stripe takes values of 500 characters.
    private static let reasonMax = 400

    // MARK: Checks

    /// Before anything is given.
    private func check() async throws(ProviderFailure) {
        for payment in payments {
            let source = try payment.requireSource()
            try requireRoom(payment)
            guard let currency = try await client.currency(of: source), currency.code == request.currency else {
                throw .refused(
                    code: "foreign_currency",
                    message:
                        "Payment \(payment.sale.id) is in \(request.currency) in the shop, and in another currency at "
                        + "Stripe: give it back there by hand.")
            }
        }
    }

    /// WHY: the shop does not move this money. Somebody who has given it back at Stripe, and recorded that in the shop, is
    /// not known at Stripe as us.
    private func requireRoom(_ payment: Payment) throws(ProviderFailure) {
        guard let paid = payment.sale.amount(in: request.currency),
            let wanted = request.unrecorded.first(where: { $0.parentID == payment.wanted.parentID })?.amount.decimal
        else { return }
        let refunds = transactions.filter { $0.isRefund && !$0.hasFailed && $0.parentID == payment.sale.id }
        guard let left = paid.less(refunds.map(\.amount))?.decimal, left < wanted else { return }
        throw .refused(
            code: "recorded_in_shop",
            message:
                "By the shop's record \(left) of payment \(payment.sale.id) is left: see at Stripe whether the rest was "
                + "given back.")
    }

    private func money(_ amount: DecimalText) throws(ProviderFailure) -> Money {
        guard let currency = Currency(code: request.currency), let money = try? Money(amount, currency) else {
            throw .refused(code: "amount", message: "\(amount) \(request.currency) is no amount.")
        }
        return money
    }
}

/// What a payment's part of a refund has as its key at Stripe.
struct StripeRefundKey: Sendable {
    /// Our id of the refund.
    let refund: String
    /// The sale or capture in the shop.
    let paymentID: String

    init(refund: String, paymentID: String) {
        self.refund = refund
        self.paymentID = paymentID
    }

    /// Nil for a refund that was not made here.
    init?(of refund: StripeRefund) {
        guard let text = refund.metadata[StripeRefundDraft.keyName], let mark = text.firstIndex(of: "-") else {
            return nil
        }
        self.init(refund: String(text[..<mark]), paymentID: String(text[text.index(after: mark)...]))
    }

    var text: String { "\(refund)-\(paymentID)" }
}

extension ProviderFailure {
    /// The same, of a call that has given money back before it came about.
    var afterGiving: ProviderFailure { .unknownOutcome(code: code, message: message) }
}

extension StripeTender.Payment {
    fileprivate func requireSource() throws(ProviderFailure) -> StripeRefundSource {
        guard let source else {
            throw .refused(
                code: "no_stripe_payment",
                message:
                    "Payment \(sale.id) came by '\(sale.gateway ?? "")', whose money is at Stripe, and its "
                    + "authorization in the shop is no payment there (pi_, ch_ or py_): give it back there by hand.")
        }
        return source
    }
}

extension StripeAccount {
    /// Whether a payment's money is there.
    fileprivate func gives(_ sale: ShopifyTransaction) -> Bool {
        guard let gateway = sale.gateway?.lowercased() else { return false }
        return settings.refundGateways.contains { $0.lowercased() == gateway }
    }
}

extension ShopifyTransaction {
    /// Its own reference, or that of the authorization it has captured.
    fileprivate func stripeSource(among all: [ShopifyTransaction]) -> StripeRefundSource? {
        let authorized = all.first { $0.id == parentID }
        return [authorization, authorized?.authorization].compactMap(\.self)
            .compactMap(StripeRefundSource.init(id:)).first
    }
}
