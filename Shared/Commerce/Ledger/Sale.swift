/// An order as it was sold: what its refunds are calculated from and its captures posted to.
public struct Sale: Hashable, Sendable {
    public let currency: Currency
    public let taxesIncluded: Bool
    public let lines: [RefundOrderLine]
    /// Without its tax, also where prices include it.
    public let shipping: Money
    public let shippingTax: Money

    public init(
        currency: Currency, taxesIncluded: Bool, lines: [RefundOrderLine], shipping: Money, shippingTax: Money
    ) {
        self.currency = currency
        self.taxesIncluded = taxesIncluded
        self.lines = lines
        self.shipping = shipping
        self.shippingTax = shippingTax
    }

    /// The same with the lines that an edit of the order has added since. What was sold before stays as it was allocated
    /// then; units that an edit takes away are a refund of the shop's.
    public func adding(linesOf edited: Sale) -> Sale {
        let known = Set(lines.map(\.id))
        let added = edited.lines.filter { !known.contains($0.id) }
        guard !added.isEmpty, edited.currency == currency, edited.taxesIncluded == taxesIncluded else { return self }
        return Sale(
            currency: currency, taxesIncluded: taxesIncluded, lines: lines + added, shipping: shipping,
            shippingTax: shippingTax)
    }

    /// The sale with its payments as they stand, for the refund calculation.
    public func order(tenders: [Tender], shippingRefunded: Money) -> RefundOrder {
        RefundOrder(
            taxesIncluded: taxesIncluded, lines: lines,
            shipping: ShippingCharge(amount: shipping, tax: shippingTax, refunded: shippingRefunded), tenders: tenders)
    }

    /// What the customer paid for: goods without tax, all tax, shipping without tax.
    ///
    /// Failure: `MoneyError` where a line's discount or tax is above the line, or amounts overflow.
    func components() throws(MoneyError) -> [(account: LedgerAccount, amount: Int64)] {
        var (goods, tax) = (Money.zero(currency), shippingTax)
        for line in lines {
            let gross = try line.unitPrice.times(line.quantity, in: currency) - line.discount
            goods = try goods + (taxesIncluded ? gross - line.tax : gross)
            tax = try tax + line.tax
        }
        return [(.goods, goods.minorUnits), (.tax, tax.minorUnits), (.shipping, shipping.minorUnits)]
    }
}

extension Sale: Codable {
    private struct Line: Codable {
        var id, sku: String
        var quantity: Int
        var unitPrice, discount, tax: String

        enum CodingKeys: String, CodingKey {
            case id, sku, quantity, discount, tax
            case unitPrice = "unit_price"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case currency, lines, shipping
        case taxesIncluded = "taxes_included"
        case shippingTax = "shipping_tax"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try container.decode(Currency.self, forKey: .currency)
        func amount(_ text: String) throws -> Money { try Money(decimal: text, currency: currency) }
        self.init(
            currency: currency, taxesIncluded: try container.decode(Bool.self, forKey: .taxesIncluded),
            lines: try container.decode([Line].self, forKey: .lines).map { line in
                RefundOrderLine(
                    id: line.id, sku: line.sku, quantity: line.quantity,
                    unitPrice: try UnitPrice(decimal: line.unitPrice), discount: try amount(line.discount),
                    tax: try amount(line.tax))
            },
            shipping: try amount(container.decode(String.self, forKey: .shipping)),
            shippingTax: try amount(container.decode(String.self, forKey: .shippingTax)))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(currency, forKey: .currency)
        try container.encode(taxesIncluded, forKey: .taxesIncluded)
        let lines = lines.map { line in
            Line(
                id: line.id, sku: line.sku, quantity: line.quantity,
                unitPrice: line.unitPrice.decimalString(in: currency), discount: line.discount.decimalString,
                tax: line.tax.decimalString)
        }
        try container.encode(lines, forKey: .lines)
        try container.encode(shipping.decimalString, forKey: .shipping)
        try container.encode(shippingTax.decimalString, forKey: .shippingTax)
    }
}
