extension OrderProblem {
    /// The problem with an amount of the currency, if there is one.
    static func amount(_ text: String, field: String, name: String, in currency: String) -> OrderProblem? {
        // WHY: with an unknown currency, itself a problem, the digits are judged by the finest currency there is.
        problem(text, field: field, name: name, scale: Currency(code: currency)?.exponent ?? 3)
    }

    static func unitPrice(_ text: String, field: String, name: String) -> OrderProblem? {
        problem(text, field: field, name: name, scale: UnitPrice.scale)
    }

    private static func problem(_ text: String, field: String, name: String, scale: Int) -> OrderProblem? {
        do {
            _ = try FixedDecimal.parse(text, scale: scale)
            return nil
        } catch {
            let found = text.isBlank ? "missing" : "'\(text)' (\(error))"
            return OrderProblem(
                .badAmount, field: field, "\(name) is \(found); correct it to a decimal number such as 12.50.")
        }
    }
}
