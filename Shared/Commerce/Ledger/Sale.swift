/// An order as it was sold: what its refunds are calculated from and its captures posted to.
///
/// In the currency that the customer paid in. Where the shop keeps its books in another, what these have of the same sale
/// is beside it: each is calculated with by itself, and amounts of the two are never added.
public struct Sale: Hashable, Sendable {
    public let currency: Currency
    public let taxesIncluded: Bool
    public let lines: [RefundOrderLine]
    /// Less its discounts, and without its tax, also where prices include that.
    public let shipping: Money
    public let shippingTax: Money
    /// What the shop's books have of it; nil where they are kept in the customer's currency.
    let books: Books?

    /// - Parameter books: the same sale in the currency of the shop's books, where that is another.
    public init(
        currency: Currency, taxesIncluded: Bool, lines: [RefundOrderLine], shipping: Money, shippingTax: Money,
        books: Sale? = nil
    ) {
        self.currency = currency
        self.taxesIncluded = taxesIncluded
        self.lines = lines
        self.shipping = shipping
        self.shippingTax = shippingTax
        self.books = books.flatMap { $0.currency == currency ? nil : Books($0) }
    }

    /// The same with the lines that an edit of the order has added since. What was sold before stays as it was allocated
    /// then; units that an edit takes away are a refund of the shop's.
    public func adding(linesOf edited: Sale) -> Sale {
        let known = Set(lines.map(\.id))
        let added = edited.lines.filter { !known.contains($0.id) }
        guard !added.isEmpty, edited.currency == currency, edited.taxesIncluded == taxesIncluded else { return self }
        return Sale(
            currency: currency, taxesIncluded: taxesIncluded, lines: lines + added, shipping: shipping,
            shippingTax: shippingTax, books: books == nil ? nil : inBooks.adding(linesOf: edited.inBooks))
    }

    /// The sale with its payments as they stand, for the refund calculation.
    public func order(tenders: [Tender], shippingRefunded: RefundedShipping) -> RefundOrder {
        RefundOrder(
            taxesIncluded: taxesIncluded, lines: lines,
            shipping: ShippingCharge(
                amount: shipping, tax: shippingTax,
                refunded: Money(minorUnits: shippingRefunded.withTax, currency: currency),
                refundedTax: Money(minorUnits: shippingRefunded.tax, currency: currency)),
            tenders: tenders)
    }

    /// What the customer paid for: goods and shipping without tax, and the tax on each.
    ///
    /// Failure: `MoneyError` where a line's discount or tax is above the line, or amounts overflow.
    func components() throws(MoneyError) -> [(account: LedgerAccount, amount: Int64)] {
        var (goods, tax) = (Money.zero(currency), Money.zero(currency))
        for line in lines {
            let gross = try line.unitPrice.times(line.quantity, in: currency) - line.discount
            goods = try goods + (taxesIncluded ? gross - line.tax : gross)
            tax = try tax + line.tax
        }
        return [
            (.goods, goods.minorUnits), (.tax, tax.minorUnits), (.shipping, shipping.minorUnits),
            (.shippingTax, shippingTax.minorUnits),
        ]
    }
}

extension Sale: Codable {
    private enum CodingKeys: String, CodingKey {
        case books
        case taxesIncluded = "taxes_included"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let sold = try Books(from: decoder)
        let books = try container.decodeIfPresent(Books.self, forKey: .books)
        let taxesIncluded = try container.decode(Bool.self, forKey: .taxesIncluded)
        self.init(sold, taxesIncluded: taxesIncluded, books: books.map { Sale($0, taxesIncluded: taxesIncluded) })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(taxesIncluded, forKey: .taxesIncluded)
        try container.encodeIfPresent(books, forKey: .books)
        try Books(self).encode(to: encoder)
    }
}

extension Sale {
    /// What was sold, in one currency.
    struct Books: Hashable, Sendable {
        let currency: Currency
        let lines: [RefundOrderLine]
        let shipping, shippingTax: Money

        init(_ sale: Sale) {
            currency = sale.currency
            lines = sale.lines
            shipping = sale.shipping
            shippingTax = sale.shippingTax
        }
    }

    init(_ sold: Books, taxesIncluded: Bool, books: Sale? = nil) {
        self.init(
            currency: sold.currency, taxesIncluded: taxesIncluded, lines: sold.lines, shipping: sold.shipping,
            shippingTax: sold.shippingTax, books: books)
    }
}

extension Sale.Books: Codable {
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
        case shippingTax = "shipping_tax"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try container.decode(Currency.self, forKey: .currency)
        func amount(_ text: String) throws -> Money { try Money(decimal: text, currency: currency) }
        self.currency = currency
        lines = try container.decode([Line].self, forKey: .lines).map { line in
            RefundOrderLine(
                id: line.id, sku: line.sku, quantity: line.quantity, unitPrice: try UnitPrice(decimal: line.unitPrice),
                discount: try amount(line.discount), tax: try amount(line.tax))
        }
        shipping = try amount(container.decode(String.self, forKey: .shipping))
        shippingTax = try amount(container.decode(String.self, forKey: .shippingTax))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(currency, forKey: .currency)
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
