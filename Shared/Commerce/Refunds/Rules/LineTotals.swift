/// What an order line came to at the sale.
struct LineTotals {
    let quantity: DerivationNode
    /// With tax where prices include it, without where they do not.
    let gross: DerivationNode
    let net: DerivationNode
    let tax: DerivationNode
}

extension RefundCalculation {
    /// The line's price is rounded once for the whole line, never per unit: 9 × 13.9563 is 125.61, not 9 × 13.96.
    /// The discount and the tax are those allocated at the sale.
    func lineTotals(at index: Int) throws(MoneyError) -> LineTotals {
        let line = request.order.lines[index]
        func name(_ field: DerivationField) -> DerivationName { DerivationName(.orderLines, index, field) }
        let price = line.unitPrice.fraction(digitsMin: build.digits)
        let quantity = build.literal(Fraction(Int128(line.quantity)), name(.quantity))
        let full = try build(.round, [build(.product, [build.literal(price, name(.unitPrice)), quantity])])
        let discount = build.literal(line.discount, name(.discount))
        let tax = build.literal(line.tax, name(.tax))
        guard request.order.taxesIncluded else {
            let net = try build(.difference, [full, discount], as: name(.net))
            return LineTotals(quantity: quantity, gross: net, net: net, tax: tax)
        }
        let gross = try build(.difference, [full, discount], as: name(.gross))
        let net = try build(.difference, [gross, tax], as: name(.net))
        return LineTotals(quantity: quantity, gross: gross, net: net, tax: tax)
    }
}

extension UnitPrice {
    /// The price over the smallest power of ten that holds it and the currency's digits.
    fileprivate func fraction(digitsMin: Int) -> Fraction {
        var (value, digits) = (scaled, Self.scale)
        while digits > digitsMin, value.isMultiple(of: 10) { (value, digits) = (value / 10, digits - 1) }
        return Fraction(unchecked: Int128(value), .powerOfTen(digits))
    }
}
