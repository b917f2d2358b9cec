import Commerce
import Providers

/// The draft order of an exchange on its way to asking for what is due and no more.
struct ExchangeDraft: Sendable {
    // LIMIT: two or three discounts settle it; a shop that answers wildly must not keep it going.
    private static let triesMax = 12

    private let draft: ShopifyDraftOrder
    private let price: ExchangePrice?
    private let credit: Money
    private let shop: ShopifyClient

    /// - Parameters:
    ///   - price: of its goods; nil for a draft that was credited by an older build.
    ///   - credit: what the returned goods are worth.
    init(_ draft: ShopifyDraftOrder, _ price: ExchangePrice?, _ credit: Money, in shop: ShopifyClient) {
        self.draft = draft
        self.price = price
        self.credit = credit
        self.shop = shop
    }

    /// The draft with the credit taken off; one that the customer was asked to pay already stays as it is.
    func credited() async throws -> ShopifyDraftOrder {
        guard let price, draft.status == .open else { return draft }
        let due = try price.due(less: credit)
        if due.minorUnits == 0 { return try await set(.everything(title: Self.title), price) }
        if due == price.total { return try await set(nil, price) }
        return try await settle(price, due)
    }

    private static let title = "Return credit"

    private func settle(_ price: ExchangePrice, _ due: Money) async throws -> ShopifyDraftOrder {
        var discount = ExchangeDiscount(
            subtotal: price.subtotal.minorUnits, total: price.total.minorUnits, due: due.minorUnits)
        for _ in 0..<Self.triesMax {
            let amount = Money(minorUnits: discount.value, currency: due.currency)
            let changed = try await set(.amount(DecimalText(amount.decimalString), title: Self.title), price)
            let asked = try Money(changed.total, due.currency)
            if discount.hear(asked.minorUnits) { return changed }
        }
        throw ProviderFailure.refused(
            code: "credit_not_settled", message: "No discount makes the shop ask for the \(due) due.")
    }

    private func set(_ discount: ShopifyDraftDiscount?, _ price: ExchangePrice) async throws -> ShopifyDraftOrder {
        try await shop.changeDraftOrder(
            draft.id, ShopifyDraftOrderChange(discount: discount, attributes: price.attributes))
    }
}
