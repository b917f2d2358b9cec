extension RefundCalculation {
    /// What is given back of the original shipping; never more than is left of it.
    func shippingRefund(_ totals: [LineTotals], _ lines: [LineRefund]) throws(MoneyError) -> DerivationNode {
        let name = DerivationName(.shippingRefund)
        guard let due = try shippingDue(totals, lines) else { return try build(.sum, [], as: name) }
        let left = try build(
            .difference, [shippingPaid(), build.literal(request.order.shipping.refunded, Self.refundedName)])
        // WHY: a shop may have given back more shipping than was paid; that takes nothing from this return.
        return try build(.least, [due, build(.greatest, [left, build.constant(0)])], as: name)
    }

    /// Nil where nothing is given back.
    private func shippingDue(
        _ totals: [LineTotals], _ lines: [LineRefund]
    ) throws(MoneyError) -> DerivationNode? {
        if let held = request.heldShipping { return build.literal(held, DerivationName(.shippingHeld)) }
        switch request.policy.originalShipping {
        case .never: return nil
        case .always: return try shippingPaid()
        case .fullReturn: return completesOrder ? try shippingPaid() : nil
        case .proRata: return try shippingInProportion(totals, lines)
        }
    }

    func shippingPaid() throws(MoneyError) -> DerivationNode {
        let shipping = request.order.shipping
        let amount = build.literal(shipping.amount, DerivationName(.shippingAmount))
        let tax = build.literal(shipping.tax, DerivationName(.shippingTax))
        return try build(.sum, [amount, tax], as: DerivationName(.shippingPaid))
    }

    /// Whether every unit of every line has been given back with this return, and none is kept for a part of its price.
    private var completesOrder: Bool {
        let sold = request.order.lines.reduce(0) { $0 + $1.quantity }
        let before = request.order.lines.reduce(0) { $0 + request.others.givenBack(of: $1.id).count }
        return request.lines.reduce(before) { $0 + ($1.staysSold ? 0 : $1.units.count) } == sold
    }

    private static let refundedName = DerivationName(.shippingRefunded)
}
