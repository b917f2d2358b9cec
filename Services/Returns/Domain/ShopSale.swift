import Commerce
import Messaging
import Providers

extension Sale {
    /// An order as the shop sold it, with the allocations made there.
    ///
    /// Failure: a ``Refusal`` `unreadable_order` where an amount, quantity or currency is none.
    init(_ order: ShopifyOrder) throws(Refusal) {
        guard let currency = order.currency.flatMap(Currency.init(code:)) else {
            throw .unreadable("the currency '\(order.currency ?? "")' is none")
        }
        do {
            let lines = try order.lines.map { try RefundOrderLine($0, currency) }
            let tax = try Money(order.tax, currency)
            let linesTax = try Money.sum(lines.map(\.tax), in: currency)
            let charged = try Money(order.shipping, currency)
            // What is no line's tax is shipping's.
            let shippingTax = try tax - linesTax
            self.init(
                currency: currency, taxesIncluded: order.taxesIncluded, lines: lines,
                shipping: order.taxesIncluded ? try charged - shippingTax : charged, shippingTax: shippingTax)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .unreadable("\(error)")
        }
    }
}

extension RefundOrderLine {
    fileprivate init(_ line: ShopifyLineItem, _ currency: Currency) throws {
        guard let quantity = line.quantity, quantity > 0 else {
            throw Refusal.unreadable("line \(line.id) has no quantity")
        }
        self.init(
            id: line.id.text, sku: line.sku ?? "", quantity: quantity,
            unitPrice: try UnitPrice(decimal: line.price?.text ?? "0"), discount: try Money(line.discount, currency),
            tax: try Money(line.tax, currency))
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
