/// Computes what is refunded, rule by rule, and keeps how every figure came about.
///
/// Pure and exact: integers and fractions until a rule rounds, half away from zero. The rules build the derivation;
/// their values are what its operations give, so the explanation cannot differ from the amount.
public struct RefundCalculation: Sendable {
    let request: RefundRequest
    let build: DerivationBuilder

    private init(_ request: RefundRequest) {
        self.request = request
        build = DerivationBuilder(digits: request.currency.exponent)
    }

    /// The answer to the request. Failure: everything that is wrong with it.
    public static func result(for request: RefundRequest) throws(RefundProblems) -> RefundResult {
        if let problems = RefundProblems(request.problems) { throw problems }
        do {
            return try RefundCalculation(request).result()
        } catch {
            // The limits rule it out; should they ever not, the answer is a refusal and no wrong amount.
            throw RefundProblems(overflow: error)
        }
    }

    private func result() throws(MoneyError) -> RefundResult {
        var totals: [LineTotals] = []
        for index in request.order.lines.indices { totals.append(try lineTotals(at: index)) }
        var lines: [LineRefund] = []
        for index in request.lines.indices { lines.append(try lineRefund(at: index, totals)) }
        let shipping = try shippingRefund(totals, lines)
        let settlement = try settlement(lines, shipping: shipping, fee: try returnShippingFee())
        let tenders = try tenderAmounts(settlement)
        return try RefundResult(request, lines, settlement, tenders, try storeCreditBonus(settlement.total))
    }
}

extension RefundProblems {
    fileprivate init(overflow error: MoneyError) {
        self.init(
            first: RefundProblem(
                .amountTooLarge, field: "order", "The refund cannot be computed: \(error); correct the amounts."))
    }
}
