extension CanonicalOrder {
    /// Everything that has to be mended before the order can be processed, in reading order; empty for a good order.
    ///
    /// Only form is judged here: a total that differs from the sum of its parts is the shop's business, not a problem.
    public var problems: [OrderProblem] {
        numberProblems + currencyProblems + amountProblems + addressProblems + lineProblems
    }

    private var numberProblems: [OrderProblem] {
        guard number.isBlank else { return [] }
        return [
            OrderProblem(.missingNumber, field: "number", "The order has no number; enter the shop's order number.")
        ]
    }

    private var currencyProblems: [OrderProblem] {
        guard Currency(code: currency) == nil else { return [] }
        let found = currency.isBlank ? "The order has no currency" : "Unknown currency '\(currency)'"
        return [
            OrderProblem(
                .unknownCurrency, field: "currency",
                "\(found); correct it to an ISO 4217 code such as USD.")
        ]
    }

    private var amountProblems: [OrderProblem] {
        let amounts = [("total", total), ("shipping", shipping), ("tax", tax), ("discount", discount)]
        return amounts.compactMap { OrderProblem.amount($0.1, field: $0.0, name: "The \($0.0)", in: currency) }
    }

    private var addressProblems: [OrderProblem] {
        guard let shippingAddress else {
            return [
                OrderProblem(
                    .missingAddress, field: "shipping_address",
                    "The order has no shipping address; add one, with street, city and country.")
            ]
        }
        return shippingAddress.problems
    }

    private var lineProblems: [OrderProblem] {
        guard !lines.isEmpty else {
            return [OrderProblem(.noLines, field: "lines", "The order has no lines; add at least one, or cancel it.")]
        }
        return lines.enumerated().flatMap { $1.problems(at: $0, in: currency) }
    }
}

extension String {
    /// Whether there is nothing to read in it.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
