import Commerce
import Providers

/// What a return's goods have given, as the ERP enters it: goods without tax, original shipping without tax, and the tax
/// on both.
///
/// *Guarantees*: the three come to what was given, to the cent, and none is negative. Fees and deductions lower the
/// goods first, then the tax, then the shipping.
struct CreditedGoods: Codable, Sendable, Equatable {
    let goods: Money
    let tax: Money
    let shipping: Money
    /// What the goods of each SKU are to the whole, in minor units.
    let weights: [String: Int64]

    /// - Parameter skus: by line of the order.
    init(_ result: RefundResult, skus: [String: String]) {
        let currency = result.currency
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        let total = max(0, result.givenInAll)
        let shipping = min(max(0, result.shippingRefundNet), total)
        let tax = min(max(0, result.taxInAll), total - shipping)
        goods = money(total - shipping - tax)
        self.tax = money(tax)
        self.shipping = money(shipping)
        weights = Dictionary(
            result.lines.map { line in
                (skus[line.lineID] ?? "", max(0, line.amount.minorUnits - max(0, line.tax.minorUnits)))
            }, uniquingKeysWith: +)
    }

    /// Of goods for which no money was given.
    init(nothingIn currency: Currency) {
        (goods, tax, shipping, weights) = (.zero(currency), .zero(currency), .zero(currency), [:])
    }
}

extension CreditedGoods {
    /// A line of the authorization with the units of it that came in.
    struct Received: Sendable, Equatable {
        let number: Int
        let sku: String
        let quantity: Int
    }

    /// The goods on the lines that came in. What was given back for goods that did not come in is shared out over those
    /// that did: the ERP credits only what it has received.
    ///
    /// Failure: `MoneyError` on amounts beyond what can be reckoned with.
    func lines(_ received: [Received]) throws(MoneyError) -> [Int: NetSuiteCreditDraft.Line] {
        let present = received.filter { $0.quantity > 0 }
        guard !present.isEmpty else { return [:] }
        var weights: [Int64] = []
        for line in present { weights.append(try weight(of: line, among: present)) }
        // WHY: nothing is known of what the goods are to each other, so their units tell.
        if weights.allSatisfy({ $0 == 0 }) { weights = present.map { Int64($0.quantity) } }
        var lines: [Int: NetSuiteCreditDraft.Line] = [:]
        for (line, amount) in zip(present, try goods.allocate(weights: weights)) {
            lines[line.number] = .init(quantity: line.quantity, amount: DecimalText(amount.decimalString))
        }
        return lines
    }

    /// The line's part of what its SKU is to the whole.
    private func weight(of line: Received, among present: [Received]) throws(MoneyError) -> Int64 {
        let same = present.filter { $0.sku == line.sku }
        let whole = Money(minorUnits: weights[line.sku] ?? 0, currency: goods.currency)
        let parts = try whole.allocate(weights: same.map { Int64($0.quantity) })
        return zip(same, parts).first { $0.0 == line }?.1.minorUnits ?? 0
    }
}
