import Commerce

extension RefundResult {
    /// The calculation in words, with how each figure came about.
    func explanationJSON(
        for audience: RefundExplanation.Audience, names: RefundNames = RefundNames()
    ) throws -> JSON {
        let explanation = try explanation(for: audience, names: names)
        return [
            "amount": .string(explanation.amount), "currency": .string(explanation.currency.code),
            "text": .string(explanation.text), "derivation": .raw(derivation.jsonText),
        ]
    }
}

extension Money {
    /// Of a refund that was not calculated.
    var explanationWithoutGoods: JSON {
        [
            "amount": .string(decimalString), "currency": .string(currency.code),
            "text": .string("Refund: \(decimalString) \(currency.code), an amount without goods."),
        ]
    }
}

extension Query {
    /// Whom an explanation is for; staff when it is left out. Failure: 422.
    func audience() throws(Problem) -> RefundExplanation.Audience {
        let name = try oneOf("for", RefundExplanation.Audience.allCases.map(\.rawValue))
        return name.flatMap(RefundExplanation.Audience.init) ?? .staff
    }
}

extension [Operation.QueryParameter] {
    static let audience: [Operation.QueryParameter] = [
        .init(
            name: "for", description: "Whom it is told to; staff when left out.",
            schema: Schemas.oneOf(RefundExplanation.Audience.allCases.map(\.rawValue)))
    ]
}
