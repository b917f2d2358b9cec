/// How one kind of value is read from and written to the JSON of a policy.
struct PolicyCodec<Value: Sendable>: Sendable {
    /// Nil after a problem has been reported.
    let read: @Sendable (PolicyJSON, inout PolicyReadings) -> Value?
    let write: @Sendable (Value) -> PolicyJSON
    var shape: PolicyShape = .described("a value")
}

extension PolicyCodec where Value == String {
    /// A text that is not blank.
    static var text: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                guard case .text(let text) = json else {
                    readings.reportKind("a text", found: json)
                    return nil
                }
                guard !text.isBlank else {
                    readings.report(.badValue, "The text is empty; say what it is, or leave it out.")
                    return nil
                }
                return text
            },
            write: { .text($0) }, shape: .text("a text"))
    }
}

extension PolicyCodec where Value == Bool {
    static var flag: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                guard case .flag(let flag) = json else {
                    readings.reportKind("true or false", found: json)
                    return nil
                }
                return flag
            },
            write: { .flag($0) }, shape: .flag)
    }
}

extension PolicyCodec where Value == Int {
    /// A whole number within the range; `code` is the problem of one outside.
    static func whole(
        _ range: ClosedRange<Int>, orElse code: ReturnPolicyProblem.Code = .badValue
    ) -> PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                guard case .number(let text) = json, let number = Int(text) else {
                    readings.reportKind("a whole number", found: json)
                    return nil
                }
                guard range.contains(number) else {
                    readings.report(
                        code, "\(number) is out of range; use \(range.lowerBound) to \(range.upperBound).")
                    return nil
                }
                return number
            },
            write: { .number($0) }, shape: .whole(range))
    }
}

extension PolicyCodec where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a fixed set of words.
    static var choice: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                guard case .text(let text) = json else {
                    readings.reportKind("a text", found: json)
                    return nil
                }
                let names = Value.allCases.map(\.rawValue)
                guard let value = Value(rawValue: text) else {
                    let hint = NearestName.hint(text, among: names)
                    readings.report(.unknownChoice, "'\(text)' is none of \(names.joined(separator: ", "))\(hint)")
                    return nil
                }
                return value
            },
            write: { .text($0.rawValue) }, shape: .choice(Value.allCases.map(\.rawValue)))
    }
}
