extension RefundCheck {
    mutating func order(_ order: RefundOrder) {
        require(!order.lines.isEmpty, .noLines, .init("order.lines"), "The order has no lines; give at least one.")
        count(order.lines.count, atMost: RefundLimits.linesMax, .init("order.lines"))
        count(order.tenders.count, atMost: RefundLimits.tendersMax, .init("order.tenders"))
        unique(order.lines.lazy.map(\.id), in: "order.lines")
        for (index, line) in order.lines.enumerated() {
            orderLine(line, at: index, taxesIncluded: order.taxesIncluded)
        }
        amount(order.shipping.amount, .init("order.shipping.amount"))
        amount(order.shipping.tax, .init("order.shipping.tax"))
        amount(order.shipping.refunded, .init("order.shipping.refunded"))
        unique(order.tenders.lazy.map(\.id), in: "order.tenders")
        for (index, tender) in order.tenders.enumerated() { self.tender(tender, at: index) }
    }

    private mutating func orderLine(_ line: RefundOrderLine, at index: Int, taxesIncluded: Bool) {
        let currency = currency
        func field(_ name: String) -> RequestPath { .init("order.lines", index, name) }
        quantity(line.quantity, field("quantity"))
        require(
            line.unitPrice.scaled >= 0, .negativeAmount, field("unit_price"),
            "The unit price is \(line.unitPrice); give zero or more.")
        amount(line.discount, field("discount"))
        amount(line.tax, field("tax"))
        let full = (try? line.unitPrice.times(line.quantity, in: currency))?.minorUnits ?? .max
        require(
            full <= RefundLimits.minorUnitsMax, .amountTooLarge, field("unit_price"),
            "The line is worth more than \(RefundLimits.largest(in: currency)); correct the price or the quantity.")
        let range = 0...RefundLimits.minorUnitsMax
        guard range.contains(full), range.contains(line.discount.minorUnits) else { return }
        deductions(line, from: full, at: index, taxesIncluded)
    }

    /// Neither the discount nor a tax that the price includes can be more than the price.
    private mutating func deductions(
        _ line: RefundOrderLine, from full: Int64, at index: Int, _ taxesIncluded: Bool
    ) {
        let gross = full - line.discount.minorUnits
        let currency = currency
        func decimal(_ minorUnits: Int64) -> String { Money(minorUnits: minorUnits, currency: currency).decimalString }
        require(
            gross >= 0, .discountAboveLine, .init("order.lines", index, "discount"),
            "The discount \(line.discount.decimalString) is more than the line's price; give at most \(decimal(full)).")
        require(
            !taxesIncluded || gross < 0 || line.tax.minorUnits <= gross, .taxAboveLine,
            .init("order.lines", index, "tax"),
            "The tax \(line.tax.decimalString) is more than the line, which includes it; give at most \(decimal(gross))."
        )
    }

    private mutating func tender(_ tender: Tender, at index: Int) {
        let amounts = [("captured", tender.captured), ("refunded", tender.refunded), ("pending", tender.pending)]
        for (name, amount) in amounts { self.amount(amount, .init("order.tenders", index, name)) }
        let used = Int128(tender.refunded.minorUnits) + Int128(tender.pending.minorUnits)
        require(
            used <= Int128(tender.captured.minorUnits), .tenderOverdrawn, .init("order.tenders", index, "captured"),
            "Refunded and pending together are more than the \(tender.captured.decimalString) captured; correct them.")
    }
}
