/// What the lines, shipping, fees and exchange come to.
struct Settlement {
    let shippingRefund: DerivationNode
    /// What of it is tax; nil for nothing.
    let shippingRefundTax: DerivationNode?
    let returnShippingFee: DerivationNode
    let exchangeTotal: DerivationNode
    let unrecoveredFees: DerivationNode
    let amountDue: DerivationNode
    /// What each tender has left to give.
    let rooms: [DerivationNode]
    let total: DerivationNode
    let capped: DerivationNode
}

extension RefundCalculation {
    func settlement(
        _ lines: [LineRefund], shipping: DerivationNode, fee: DerivationNode
    ) throws(MoneyError) -> Settlement {
        let credit = try build(.sum, lines.map(\.amount) + [shipping])
        let balance = try build(.difference, [credit, fee], as: DerivationName(.balance))
        let zero = build.constant(0)
        let subtotal = try build(.greatest, [balance, zero], as: DerivationName(.subtotal))
        let exchange = try exchangeTotal()
        let taken = [exchange] + (request.givenBefore.map { [build.literal($0, DerivationName(.givenBefore))] } ?? [])
        let payable = try build(
            .greatest, [build(.difference, [subtotal] + taken), zero], as: DerivationName(.payable))
        let rooms = try tenderRooms()
        let refundable = try refundable(rooms, beside: exchange)
        let total = try build(.least, [payable, refundable], as: DerivationName(.total))
        return Settlement(
            shippingRefund: shipping, shippingRefundTax: try shippingRefundTax(shipping), returnShippingFee: fee,
            exchangeTotal: exchange,
            unrecoveredFees: try build(.difference, [subtotal, balance], as: DerivationName(.unrecoveredFees)),
            amountDue: try build(
                .greatest, [build(.difference, [exchange, subtotal]), zero], as: DerivationName(.amountDue)),
            rooms: rooms, total: total,
            capped: try build(.difference, [payable, total], as: DerivationName(.capped)))
    }

    /// What the tenders have left for money.
    ///
    /// WHY: goods of an exchange that are given of it leave so much less, or the customer had both of the same payment;
    /// so do those of exchanges before.
    private func refundable(
        _ rooms: [DerivationNode], beside exchange: DerivationNode
    ) throws(MoneyError) -> DerivationNode {
        let name = DerivationName(.refundable)
        let others = request.others.exchanged.map { [build.literal($0, DerivationName(.exchangedByOthers))] } ?? []
        let taken = others + (request.exchangeUsesRoom ? [exchange] : [])
        guard !taken.isEmpty else { return try build(.sum, rooms, as: name) }
        let rest = try build(.difference, [build(.sum, rooms)] + taken)
        let whose = others.isEmpty ? "the exchange" : taken.count > 1 ? "this and other exchanges" : "other exchanges"
        return try build(.greatest, [rest, build.constant(0)], as: name, note: "less the goods of \(whose)")
    }

    /// Charged once a return, unless all that comes back is free of fees.
    func returnShippingFee() throws(MoneyError) -> DerivationNode {
        let name = DerivationName(.returnShippingFee)
        guard let fee = request.policy.returnShippingFee else { return try build(.sum, [], as: name) }
        if let waiver = parcelWaiver { return try build(.sum, [], as: name, note: waiver) }
        return try build(.sum, [build.literal(fee, DerivationName(.policyReturnShippingFee))], as: name)
    }

    private func exchangeTotal() throws(MoneyError) -> DerivationNode {
        let amounts = request.exchange.enumerated().flatMap { index, line in
            [
                build.literal(line.amount, DerivationName(.exchangeLines, index, .amount)),
                build.literal(line.tax, DerivationName(.exchangeLines, index, .tax)),
            ]
        }
        return try build(.sum, amounts, as: DerivationName(.exchangeTotal))
    }
}
