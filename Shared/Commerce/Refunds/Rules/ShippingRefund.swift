extension RefundCalculation {
    /// What is given back of the original shipping; never more than is left of it.
    func shippingRefund(_ totals: [LineTotals], _ lines: [LineRefund]) throws(MoneyError) -> DerivationNode {
        let name = DerivationName(.shippingRefund)
        guard let due = try shippingDue(totals, lines) else { return try build(.sum, [], as: name) }
        return try build(.least, [due, shippingLeft()], as: name)
    }

    /// What of the shipping refund is tax: the share that the tax has of what is left of both, so that all returns
    /// together give exactly the tax that was paid, whatever was refunded before. Nil where none of it is given back.
    func shippingRefundTax(_ refund: DerivationNode) throws(MoneyError) -> DerivationNode? {
        guard let value = refund.value, !value.isZero, request.order.shipping.tax.minorUnits != 0 else { return nil }
        let left = try shippingLeft()
        let rest = try build(.difference, [shippingTax, shippingTaxRefunded()])
        // WHY: refunds of older builds, and some of shops, count tax as shipping; the two together are what is right.
        let taxLeft = try build(.least, [build(.greatest, [rest, build.constant(0)]), left])
        return try build(
            .round, [build(.share, [refund, taxLeft, left])], as: DerivationName(.shippingRefundTax))
    }

    /// WHY: a shop may have given back more shipping than was paid; that takes nothing from this return.
    private func shippingLeft() throws(MoneyError) -> DerivationNode {
        let left = try build(.difference, [shippingPaid(), shippingRefunded])
        return try build(.greatest, [left, build.constant(0)])
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
        return try build(.sum, [amount, shippingTax], as: DerivationName(.shippingPaid))
    }

    private var shippingTax: DerivationNode {
        build.literal(request.order.shipping.tax, DerivationName(.shippingTax))
    }

    private var shippingRefunded: DerivationNode {
        build.literal(request.order.shipping.refunded, DerivationName(.shippingRefunded))
    }

    private func shippingTaxRefunded() throws(MoneyError) -> DerivationNode {
        if let refunded = request.order.shipping.refundedTax {
            return build.literal(refunded, DerivationName(.shippingTaxRefunded))
        }
        return try build.roundedShare(of: shippingRefunded, shippingTax, shippingPaid())
    }

    /// Whether every unit of every line has been given back with this return, and none is kept for a part of its price.
    private var completesOrder: Bool {
        let sold = request.order.lines.reduce(0) { $0 + $1.quantity }
        let before = request.order.lines.reduce(0) { $0 + request.others.givenBack(of: $1.id).count }
        return request.lines.reduce(before) { $0 + ($1.staysSold ? 0 : $1.units.count) } == sold
    }
}
