extension RefundResult {
    /// What was added and what was taken off, in the customer's view; the lines add up to what is refunded, less what
    /// is still to pay.
    func customerLines(_ names: RefundNames) -> [RefundExplanation.Line] {
        goodsLines(names) + adjustmentLines + exchangeLines + limitLines + resultLines(names) + bonusLines
    }

    /// WHY: after the refund, which it is no part of.
    private var bonusLines: [RefundExplanation.Line] {
        [
            added(
                "Bonus for store credit", [storeCreditBonus].compactMap(\.self), "We add it to your store credit.")
        ].compactMap(\.self)
    }

    private func goodsLines(_ names: RefundNames) -> [RefundExplanation.Line] {
        lines.enumerated().map { index, line in
            let tax = pricesIncludeTax ? line.tax.minorUnits : 0
            let amount = Money(minorUnits: line.net.minorUnits + tax, currency: currency)
            return .init("\(names.goods(at: index)) (\(line.quantity))", amount.decimalString)
        }
    }

    private var adjustmentLines: [RefundExplanation.Line] {
        [
            pricesIncludeTax ? nil : added("Tax", lines.map(\.tax)),
            takenOff("Adjustment for the condition of the goods", lines.map(\.gradeDeduction)),
            takenOff(
                "Goods you keep", lines.compactMap(\.keptDeduction),
                "They stay with you, and this part of their price stays paid."),
            takenOff("Restocking fee", lines.map(\.restockingFee)),
            added("Shipping of your order", [shippingRefund]),
            takenOff("Return shipping", [returnShippingFee]),
            added(
                "Fees you do not pay", [unrecoveredFees],
                "The fees come to more than the goods; you owe nothing for them."),
        ].compactMap(\.self)
    }

    /// WHY: prices that were shown with their tax are given back as they were shown.
    private var pricesIncludeTax: Bool {
        figures.contains { $0.hasFigure(DerivationName(.lines, 0, .gross)) }
    }

    private var exchangeLines: [RefundExplanation.Line] {
        [
            takenOff("Your exchange, with tax", [exchangeTotal]),
            takenOff("Given back before", [givenBefore].compactMap(\.self)),
        ].compactMap(\.self)
    }

    private var limitLines: [RefundExplanation.Line] {
        [
            takenOff(
                "Already settled", [capped], "This part has been given back before, is on its way, or was not charged.")
        ].compactMap(\.self)
    }

    private func resultLines(_ names: RefundNames) -> [RefundExplanation.Line] {
        if amountDue.minorUnits > 0 {
            return [
                .init("Left to pay", amountDue.decimalString, "We send your exchange as soon as this is paid.")
            ]
        }
        let paid = zip(tenders, names.tenders).filter { $0.0.amount.minorUnits > 0 }
        let parts = paid.map { RefundExplanation.Line("To \($0.1)", $0.0.amount.decimalString) }
        let detail = total.minorUnits > 0 && parts.isEmpty ? "It goes back the way you paid." : nil
        return [.init("Your refund", total.decimalString, detail)] + parts
    }

    /// Nil for nothing.
    private func added(_ label: String, _ amounts: [Money], _ detail: String? = nil) -> RefundExplanation.Line? {
        let sum = amounts.reduce(Int64(0)) { $0 + $1.minorUnits }
        guard sum != 0 else { return nil }
        return .init(label, Money(minorUnits: sum, currency: currency).decimalString, detail)
    }

    private func takenOff(_ label: String, _ amounts: [Money], _ detail: String? = nil) -> RefundExplanation.Line? {
        added(label, amounts.map { Money(minorUnits: -$0.minorUnits, currency: currency) }, detail)
    }
}

extension DerivationNode {
    fileprivate func hasFigure(_ wanted: DerivationName) -> Bool {
        guard case .operation(_, let operands) = content else { return false }
        return name == wanted || operands.contains { $0.hasFigure(wanted) }
    }
}
