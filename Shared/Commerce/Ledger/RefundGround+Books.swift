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
        let tender = Tender(id: "books", kind: "books", captured: room, refunded: none, pending: none)
        let shipping = try books.shipping + books.shippingTax
        let refunded = try inBooks(Money(minorUnits: shippingRefunded, currency: sale.currency))
        return try RefundCalculation.result(
            for: RefundRequest(
                currency: books.currency,
                order: books.order(
                    tenders: [tender],
                    shippingRefunded: try shipping.isLess(than: refunded) ? shipping : refunded),
                others: OtherReturns(units: held.all, kept: held.kept), lines: lines,
                givenBefore: try refund.givenBefore.map(inBooks),
                policy: try sale.converted(policy, to: books.currency)))
    }
}
