/// Reads fields of a form and collects what is wrong with them. Where a field is unreadable it answers nil and goes on.
struct FormReader {
    private(set) var problems: [RefundProblem] = []

    mutating func report(
        _ code: RefundProblem.Code, _ field: RequestPath, _ message: String, allowed: [String]? = nil
    ) {
        problems.append(RefundProblem(code, field: field.description, message, allowed: allowed))
    }

    /// The value of a field that may be absent.
    mutating func optional<Value>(_ field: FormField<Value>, _ name: RequestPath, _ expected: String) -> Value? {
        if case .other(let kind) = field {
            report(.wrongType, name, "This is a JSON \(kind.rawValue); give \(expected).")
        }
        return field.value
    }

    /// The value of a field that must be there.
    mutating func required<Value>(_ field: FormField<Value>, _ name: RequestPath, _ expected: String) -> Value? {
        if case .absent = field { report(.missing, name, "This is missing; give \(expected).") }
        return optional(field, name, expected)
    }

    /// A list that must be there or, when it may be absent, is empty then.
    mutating func list<Element>(
        _ field: FormField<[FormField<Element>]>, _ name: RequestPath, limit: Int, isRequired: Bool = true
    ) -> [FormField<Element>] {
        let list = isRequired ? required(field, name, "a list") : optional(field, name, "a list")
        guard let list else { return [] }
        guard list.count <= limit else {
            report(.tooMany, name, "There are \(list.count) entries; give at most \(limit).")
            return []
        }
        return list
    }

    mutating func quantity(_ field: FormField<Int>, _ name: RequestPath) -> Int? {
        let expected = "a whole number from 1 to \(RefundLimits.quantityMax)"
        if case .other = field {
            report(.badQuantity, name, "This is no whole number; give \(expected).")
            return nil
        }
        guard let quantity = required(field, name, expected) else { return nil }
        guard (1...RefundLimits.quantityMax).contains(quantity) else {
            report(.badQuantity, name, "The quantity is \(quantity); give \(expected).")
            return nil
        }
        return quantity
    }

    /// One of a few words.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ field: FormField<String>, _ name: RequestPath, default absent: Word
    ) -> Word {
        let allowed = Word.allCases.map(\.rawValue)
        let choice = "one of \(allowed.joined(separator: ", "))"
        guard let text = optional(field, name, choice) else { return absent }
        if let word = Word(rawValue: text) { return word }
        report(.unknownValue, name, "'\(text.shown)' is not known here; give \(choice).", allowed: allowed)
        return absent
    }
}

extension String {
    /// What a message repeats of a text somebody sent.
    var shown: String { count > 40 ? "\(prefix(40))…" : self }
}
