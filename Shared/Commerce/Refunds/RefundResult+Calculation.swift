extension RefundResult {
    init(
        _ request: RefundRequest, _ lines: [LineRefund], _ settlement: Settlement, _ tenders: [DerivationNode],
        _ bonus: DerivationNode?
    ) throws(MoneyError) {
        let currency = request.currency
        self.currency = currency
        self.lines = try RefundResult.lines(request, lines)
        shippingRefund = try settlement.shippingRefund.money(currency)
        shippingRefundTax = try settlement.shippingRefundTax?.money(currency)
        returnShippingFee = try settlement.returnShippingFee.money(currency)
        exchangeTotal = try settlement.exchangeTotal.money(currency)
        givenBefore = request.givenBefore
        total = try settlement.total.money(currency)
        unrecoveredFees = try settlement.unrecoveredFees.money(currency)
        capped = try settlement.capped.money(currency)
        amountDue = try settlement.amountDue.money(currency)
        var given: [RefundedTender] = []
        for (tender, amount) in zip(request.order.tenders, tenders) {
            given.append(RefundedTender(id: tender.id, amount: try amount.money(currency)))
        }
        self.tenders = given
        storeCreditBonus = try bonus?.money(currency)
        let shipping = [settlement.shippingRefund, settlement.shippingRefundTax].compactMap(\.self)
        let sums = [
            settlement.returnShippingFee, settlement.exchangeTotal, settlement.total, settlement.unrecoveredFees,
            settlement.capped, settlement.amountDue,
        ]
        figures = lines.map(\.amount) + shipping + sums + (bonus.map { [$0] } ?? []) + tenders
    }

    private static func lines(
        _ request: RefundRequest, _ refunds: [LineRefund]
    ) throws(MoneyError) -> [RefundedLine] {
        var lines: [RefundedLine] = []
        for (line, refund) in zip(request.lines, refunds) {
            lines.append(
                RefundedLine(
                    lineID: line.lineID, quantity: line.units.count,
                    net: try refund.net.money(request.currency), tax: try refund.tax.money(request.currency),
                    gradeDeduction: try refund.gradeDeduction.money(request.currency),
                    keptDeduction: try refund.keptDeduction?.money(request.currency),
                    restockingFee: try refund.restockingFee.money(request.currency),
                    amount: try refund.amount.money(request.currency)))
        }
        return lines
    }
}

extension DerivationNode {
    fileprivate func money(_ currency: Currency) throws(MoneyError) -> Money {
        guard let units = try value?.wholeUnits(digits: currency.exponent) else { throw .notDecimal }
        return Money(minorUnits: units, currency: currency)
    }
}
