import Commerce
import Messaging
import Providers

extension Sale {
    /// An order as the shop sold it, with the allocations made there: in the currency the customer paid in, with what the
    /// shop's books have of it where these are in another.
    ///
    /// Failure: a ``Refusal`` `unreadable_order` where an amount, quantity or currency is none.
    init(_ order: ShopifyOrder) throws(Refusal) {
        do {
            let ofShop = try Sale(ShopSaleAmounts(order), taxesIncluded: order.taxesIncluded)
            guard let paid = try ShopSaleAmounts(paidFor: order) else {
                self = ofShop
                return
            }
            self = try Sale(paid, taxesIncluded: order.taxesIncluded, books: ofShop)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .unreadable("\(error)")
        }
    }

    private init(_ amounts: ShopSaleAmounts, taxesIncluded: Bool, books: Sale? = nil) throws {
        let currency = amounts.currency
        let charged = try Money(amounts.shipping, currency)
        let linesTax = try Money.sum(amounts.lines.map(\.tax), in: currency)
        // What is no line's tax is shipping's.
        var shippingTax = try Money(amounts.tax, currency) - linesTax
        // WHY: converted one by one, the taxes of lines may come to a cent more or less than that of the order, and
        // shipping that is free has none.
        if amounts.areConverted, shippingTax.isNegative || charged.minorUnits == 0 { shippingTax = .zero(currency) }
        self.init(
            currency: currency, taxesIncluded: taxesIncluded, lines: amounts.lines,
            shipping: taxesIncluded ? try charged - shippingTax : charged, shippingTax: shippingTax, books: books)
    }
}

/// What an order came to in one of its currencies.
private struct ShopSaleAmounts {
    let currency: Currency
    let lines: [RefundOrderLine]
    let tax, shipping: DecimalText?
    /// Whether the shop converted each of them from the customer's currency.
    let areConverted: Bool

    /// In the shop's currency.
    init(_ order: ShopifyOrder) throws {
        let (currency, areConverted) = (try Self.currency(order.currency), order.presentment != nil)
        self.currency = currency
        self.areConverted = areConverted
        lines = try order.lines.map { line in
            let sold = try RefundOrderLine(
                line, price: line.price, discount: line.discount, tax: line.tax, in: currency)
            return areConverted ? try sold.withinPrice(in: currency) : sold
        }
        (tax, shipping) = (order.tax, order.shipping)
    }

    /// In the customer's currency; nil where that is the shop's.
    init?(paidFor order: ShopifyOrder) throws {
        guard let paid = order.presentment else { return nil }
        let currency = try Self.currency(paid.currency)
        self.currency = currency
        areConverted = false
        lines = try order.lines.map { line in
            guard let amounts = line.presentment else {
                throw Refusal.unreadable("line \(line.id) does not tell its amounts in \(currency)")
            }
            return try RefundOrderLine(
                line, price: amounts.price, discount: amounts.discount, tax: amounts.tax, in: currency)
        }
        guard let tax = paid.tax, let shipping = paid.shipping else {
            throw Refusal.unreadable("its tax or its shipping is not told in \(currency)")
        }
        (self.tax, self.shipping) = (tax, shipping)
    }

    private static func currency(_ code: String?) throws(Refusal) -> Currency {
        guard let currency = code.flatMap(Currency.init(code:)) else {
            throw .unreadable("the currency '\(code ?? "")' is none")
        }
        return currency
    }
}

extension RefundOrderLine {
    fileprivate init(
        _ line: ShopifyLineItem, price: DecimalText?, discount: DecimalText, tax: DecimalText, in currency: Currency
    ) throws {
        guard let quantity = line.quantity, quantity > 0 else {
            throw Refusal.unreadable("line \(line.id) has no quantity")
        }
        self.init(
            id: line.id.text, sku: line.sku ?? "", quantity: quantity,
            unitPrice: try UnitPrice(decimal: price?.text ?? "0"), discount: try Money(discount, currency),
            tax: try Money(tax, currency))
    }

    /// WHY: price and discount are converted one by one, and a line that was free may have a cent more discount then.
    fileprivate func withinPrice(in currency: Currency) throws -> RefundOrderLine {
        let price = try unitPrice.times(quantity, in: currency)
        guard price.minorUnits >= 0, try price.isLess(than: discount) else { return self }
        return RefundOrderLine(
            id: id, sku: sku, quantity: quantity, unitPrice: unitPrice, discount: price, tax: tax)
    }
}

extension Money {
    /// An amount as the shop wrote it; nothing is zero.
    init(_ text: DecimalText?, _ currency: Currency) throws(MoneyError) {
        try self.init(decimal: text?.text ?? "0", currency: currency)
    }
}

extension Refusal {
    fileprivate static func unreadable(_ what: String) -> Refusal {
        Refusal(code: "unreadable_order", message: "The shop's order cannot be posted: \(what).")
    }
}
