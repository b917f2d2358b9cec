import Foundation

/// Writes and splits amounts of one currency.
struct ShopifyMoney: Sendable, Equatable {
    let currency: String
    let digits: Int

    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDecimals: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    init(currency: String) {
        self.currency = currency
        digits = Self.withoutDecimals.contains(currency) ? 0 : Self.withThreeDecimals.contains(currency) ? 3 : 2
    }

    func text(_ amount: Decimal) -> String { amount.fixed(digits) }
    func json(_ amount: Decimal) -> JSON { .string(text(amount)) }
    func rounded(_ amount: Decimal) -> Decimal { amount.rounded(to: digits) }

    /// The amount in the shop's and in the customer's currency, which are the same here.
    func set(_ amount: Decimal) -> JSON {
        let money: JSON = ["amount": json(amount), "currency_code": .string(currency)]
        return ["shop_money": money, "presentment_money": money]
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
