extension FormReader {
    mutating func order(_ field: FormField<RefundRequestForm.Order>, in currency: Currency?) -> RefundOrder? {
        guard let order = required(field, .init("order"), "an object") else { return nil }
        // WHY: without a currency no amount can be held; the digits are judged once it is known.
        let unit = currency ?? .placeholder
        let taxesIncluded = required(order.taxesIncluded, .init("order.taxes_included"), "true or false")
        var lines: [RefundOrderLine] = []
        for (index, line) in list(order.lines, .init("order.lines"), limit: RefundLimits.linesMax).enumerated() {
            lines.append(orderLine(line, at: index, currency, .zero(unit)))
        }
        let shipping = shipping(order.shipping, currency, .zero(unit))
        var tenders: [Tender] = []
        let payments = list(order.tenders, .init("order.tenders"), limit: RefundLimits.tendersMax)
        for (index, payment) in payments.enumerated() {
            tenders.append(tender(payment, at: index, currency, .zero(unit)))
        }
        return RefundOrder(
            taxesIncluded: taxesIncluded ?? false, lines: lines, shipping: shipping, tenders: tenders)
    }

    private mutating func orderLine(
        _ field: FormField<RefundRequestForm.Line>, at index: Int, _ currency: Currency?, _ zero: Money
    ) -> RefundOrderLine {
        func name(_ field: String) -> RequestPath { .init("order.lines", index, field) }
        let line = required(field, name(""), "an object")
        // WHY: an unreadable quantity counts as many, so that no return of the line is blamed for it.
        let quantity = line.map { self.quantity($0.quantity, name("quantity")) } ?? nil
        return RefundOrderLine(
            id: line.flatMap { required($0.id, name("id"), "an id") } ?? "",
            sku: line.flatMap { optional($0.sku, name("sku"), "a text") } ?? "",
            quantity: quantity ?? RefundLimits.quantityMax,
            unitPrice: line.flatMap { unitPrice($0.unitPrice, name("unit_price")) } ?? UnitPrice(scaled: 0),
            discount: line.flatMap { amount($0.discount, name("discount"), in: currency) } ?? zero,
            tax: line.flatMap { amount($0.tax, name("tax"), in: currency) } ?? zero)
    }

    private mutating func shipping(
        _ field: FormField<RefundRequestForm.Shipping>, _ currency: Currency?, _ zero: Money
    ) -> ShippingCharge {
        let shipping = required(field, .init("order.shipping"), "an object with amount, tax and refunded")
        func name(_ field: String) -> RequestPath { .init("order.shipping.\(field)") }
        return ShippingCharge(
            amount: shipping.flatMap { amount($0.amount, name("amount"), in: currency) } ?? zero,
            tax: shipping.flatMap { amount($0.tax, name("tax"), in: currency) } ?? zero,
            refunded: shipping.flatMap { amount($0.refunded, name("refunded"), in: currency) } ?? zero)
    }

    private mutating func tender(
        _ field: FormField<RefundRequestForm.Payment>, at index: Int, _ currency: Currency?, _ zero: Money
    ) -> Tender {
        func name(_ field: String) -> RequestPath { .init("order.tenders", index, field) }
        let payment = required(field, name(""), "an object")
        return Tender(
            id: payment.flatMap { required($0.id, name("id"), "an id") } ?? "",
            kind: payment.flatMap { required($0.kind, name("kind"), "a kind such as card") } ?? "",
            captured: payment.flatMap { amount($0.captured, name("captured"), in: currency) } ?? zero,
            refunded: payment.flatMap { amount($0.refunded, name("refunded"), in: currency) } ?? zero,
            pending: payment.flatMap { amount($0.pending, name("pending"), in: currency) } ?? zero)
    }
}

extension Currency {
    /// WHY: stands in while the true one is unknown; nothing is ever computed in it.
    fileprivate static var placeholder: Currency { Currency(code: "", exponent: 0) }
}
