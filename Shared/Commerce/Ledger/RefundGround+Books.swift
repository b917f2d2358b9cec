extension RefundGround {
    /// What the shop's books are told of a refund: the same units by the same arithmetic, from what the books have of the
    /// sale. Nil where the books are kept in the customer's currency, and have the refund itself.
    /// - Parameters:
    ///   - refund: as the customer gets it.
    ///   - policy: of the refund, with flat amounts in either currency.
    ///
    /// Failure: `RefundProblems`, `MoneyError` as of the refund.
    public func booked(_ refund: RefundResult, of lines: [ReturnedLine], policy: RefundPolicy) throws -> RefundResult? {
        guard sale.isForeign else { return nil }
        let books = sale.inBooks
        func inBooks(_ amount: Money) throws(MoneyError) -> Money { try sale.converted(amount, to: books.currency) }
        // WHY: payments have no room in the books' currency. What they had none for is not booked either.
        let room = refund.capped.minorUnits == 0 ? try books.total() : try inBooks(refund.total)
        let none = Money.zero(books.currency)
        let shipping = try bookedShipping(books)
        let given = Money(minorUnits: shipping.withTax, currency: books.currency)
        let left = try books.shipping + books.shippingTax - given
        let tender = Tender(id: "books", kind: "books", captured: room, refunded: none, pending: none)
        return try RefundCalculation.result(
            for: RefundRequest(
                currency: books.currency,
                order: books.order(tenders: [tender], shippingRefunded: shipping),
                others: OtherReturns(units: held.all, kept: held.kept), lines: lines,
                heldShipping: try leavesNoShipping(refund) ? left : nil,
                givenBefore: try refund.givenBefore.map(inBooks),
                policy: try sale.converted(policy, to: books.currency)))
    }

    /// Whether the customer has all of the shipping back with it: then the books give what is left there, however the
    /// refunds before were rounded.
    private func leavesNoShipping(_ refund: RefundResult) throws(MoneyError) -> Bool {
        let charged = try sale.shipping + sale.shippingTax
        let given = shippingRefunded.withTax + refund.shippingRefund.minorUnits
        return refund.shippingRefund.minorUnits > 0 && given == charged.minorUnits
    }

    /// What refunds have given back of the shipping, as the books have it: what they were told of ours, and what the shop
    /// gave by the rate of the sale. No more than they have of it and its tax together, since older builds posted what
    /// they gave of both as shipping.
    private func bookedShipping(_ books: Sale) throws(MoneyError) -> RefundedShipping {
        func inBooks(_ units: Int64) throws(MoneyError) -> Int64 {
            try sale.converted(Money(minorUnits: units, currency: sale.currency), to: books.currency).minorUnits
        }
        let charged = try books.shipping + books.shippingTax
        let others = shippingRefunded - ownShipping.paid
        let (ofOthers, taxOfOthers) = (try inBooks(max(0, others.withTax)), try inBooks(max(0, others.tax)))
        let refunded = min(ownShipping.booked.withTax + ofOthers, charged.minorUnits)
        let tax = min(ownShipping.booked.tax + taxOfOthers, refunded)
        return RefundedShipping(net: refunded - tax, tax: tax)
    }
}
