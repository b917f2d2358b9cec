import Foundation

/// Writes and splits amounts of one currency: the one that the customer pays in.
struct ShopifyMoney: Sendable, Equatable {
    /// The currency of the shop, where that is another.
    struct Shop: Sendable, Equatable {
        let currency: String
        /// What one of the customer's is in it.
        let rate: Decimal
    }

    let currency: String
    let digits: Int
    let shop: Shop?

    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDecimals: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    init(currency: String, shop: Shop? = nil) {
        self.currency = currency
        self.shop = shop
        digits = Self.withoutDecimals.contains(currency) ? 0 : Self.withThreeDecimals.contains(currency) ? 3 : 2
    }

    func text(_ amount: Decimal) -> String { amount.fixed(digits) }
    func json(_ amount: Decimal) -> JSON { .string(text(amount)) }
    func rounded(_ amount: Decimal) -> Decimal { amount.rounded(to: digits) }

    /// The shop's own money; the same where the customer pays in its currency.
    var ofShop: ShopifyMoney { shop.map { ShopifyMoney(currency: $0.currency) } ?? self }

    /// The amount in the shop's currency, each rounded by itself.
    func inShop(_ amount: Decimal) -> Decimal {
        shop.map { ofShop.rounded(amount * $0.rate) } ?? amount
    }

    /// The amount as the plain fields of an order have it: in the shop's currency.
    func plain(_ amount: Decimal) -> JSON { ofShop.json(inShop(amount)) }

    /// The amount in the shop's and in the customer's currency.
    /// - Parameter shop: what it is in the shop's; converted when left out.
    func set(_ amount: Decimal, shop: Decimal? = nil) -> JSON {
        let (own, plain) = (ofShop, shop ?? inShop(amount))
        return [
            "shop_money": ["amount": own.json(plain), "currency_code": .string(own.currency)],
            "presentment_money": ["amount": json(amount), "currency_code": .string(currency)],
        ]
    }

    /// Splits `total` by weight so that the parts add up exactly; the largest remainders get the last units.
    func allocate(_ total: Decimal, weights: [Decimal]) -> [Decimal] {
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return weights.map { _ in 0 } }
        let unit = Decimal(sign: .plus, exponent: -digits, significand: 1)
        let exact = weights.map { total * $0 / sum }
        var parts = exact.map { floor($0) }
        let missing = ((total - parts.reduce(0, +)) / unit).rounded(to: 0)
        let order = exact.indices.sorted { left, right in
            let (a, b) = (exact[left] - parts[left], exact[right] - parts[right])
            return a == b ? left < right : a > b
        }
        for index in order.prefix(Int(missing.description) ?? 0) { parts[index] += unit }
        return parts
    }

    private func floor(_ amount: Decimal) -> Decimal {
        var value = amount
        var result = Decimal()
        NSDecimalRound(&result, &value, digits, .down)
        return result
    }
}
