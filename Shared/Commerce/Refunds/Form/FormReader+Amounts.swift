extension FormReader {
    mutating func amount(_ field: FormField<String>, _ name: RequestPath, in currency: Currency?) -> Money? {
        guard let text = decimal(field, name, required: true) else { return nil }
        return money(text, name, in: currency)
    }

    /// An amount that may be absent.
    mutating func optionalAmount(_ field: FormField<String>, _ name: RequestPath, in currency: Currency?) -> Money? {
        guard let text = decimal(field, name, required: false) else { return nil }
        return money(text, name, in: currency)
    }

    mutating func unitPrice(_ field: FormField<String>, _ name: RequestPath) -> UnitPrice? {
        guard let text = decimal(field, name, required: true) else { return nil }
        do {
            return try UnitPrice(decimal: text)
        } catch {
            report(error, text, name)
            return nil
        }
    }

    mutating func percentage(_ field: FormField<String>, _ name: RequestPath) -> Percentage? {
        guard let text = decimal(field, name, required: false) else { return nil }
        if let percentage = try? Percentage(decimal: text) { return percentage }
        report(
            .badPercentage, name,
            "'\(text.shown)' is no percentage; give a decimal from 0 to 100 with at most eight digits after the point.")
        return nil
    }

    private mutating func money(_ text: String, _ name: RequestPath, in currency: Currency?) -> Money? {
        guard let currency else { return nil }
        do throws(MoneyError) {
            // WHY: money reads 4.790 as dollars, for its last digit says nothing; who writes it means another currency.
            guard text.digitsAfterPoint <= currency.exponent else {
                throw MoneyError.tooPrecise(digitsMax: currency.exponent)
            }
            return try Money(decimal: text, currency: currency)
        } catch {
            report(error, text, name)
            return nil
        }
    }

    private mutating func decimal(_ field: FormField<String>, _ name: RequestPath, required: Bool) -> String? {
        let expected = "a decimal in quotes such as \"12.50\""
        if case .other(.number) = field {
            report(
                .amountIsNumber, name,
                "This is a JSON number, which programs may round; give \(expected).")
            return nil
        }
        return required ? self.required(field, name, expected) : optional(field, name, expected)
    }

    private mutating func report(_ error: MoneyError, _ text: String, _ name: RequestPath) {
        let code: RefundProblem.Code =
            switch error {
            case .tooPrecise: .tooPrecise
            case .overflow: .amountTooLarge
            case .notDecimal, .currencyMismatch, .badWeights: .badAmount
            }
        report(code, name, "'\(text.shown)': \(error); correct it.")
    }
}

extension String {
    fileprivate var digitsAfterPoint: Int {
        utf8.firstIndex(of: UInt8(ascii: ".")).map { utf8.distance(from: $0, to: utf8.endIndex) - 1 } ?? 0
    }
}
