/// A literal is `{"input":"order.lines[0].tax","value":"4.79"}` or, for a constant, `{"value":"100"}`; a reference
/// `{"figure":"total"}`; an operation `{"op":"difference","of":[…]}`, and with `figure` and `value` where it gives a
/// figure; `note` says what decided it where that was not arithmetic.
extension DerivationNode: Codable {
    enum CodingKeys: String, CodingKey {
        case input, figure, value, note, op, of
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let input = try container.decodeIfPresent(DerivationName.self, forKey: .input)
        let figure = try container.decodeIfPresent(DerivationName.self, forKey: .figure)
        let value = try container.decodeIfPresent(String.self, forKey: .value).map { text in
            try Self.value(text, in: container)
        }
        if let operation = try container.decodeIfPresent(DerivationOperation.self, forKey: .op) {
            let operands = try container.decode([DerivationNode].self, forKey: .of)
            self.init(
                name: figure, content: .operation(operation, operands), value: value,
                note: try container.decodeIfPresent(String.self, forKey: .note))
        } else if let figure {
            self.init(name: figure, content: .reference, value: nil)
        } else {
            guard let value else {
                throw DecodingError.dataCorruptedError(
                    forKey: .value, in: container, debugDescription: "a literal without a value")
            }
            self.init(name: input, content: .literal, value: value)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch content {
        case .literal:
            try container.encodeIfPresent(name, forKey: .input)
            try container.encode(value?.decimalString, forKey: .value)
        case .reference:
            try container.encodeIfPresent(name, forKey: .figure)
        case .operation(let operation, let operands):
            try container.encodeIfPresent(name, forKey: .figure)
            if name != nil { try container.encodeIfPresent(value?.decimalString, forKey: .value) }
            try container.encodeIfPresent(note, forKey: .note)
            try container.encode(operation, forKey: .op)
            try container.encode(operands, forKey: .of)
        }
    }

    private static func value(
        _ text: String, in container: KeyedDecodingContainer<CodingKeys>
    ) throws -> Fraction {
        do {
            return try Fraction(decimal: text)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .value, in: container, debugDescription: error.description)
        }
    }
}

extension Fraction {
    /// The value as a decimal with the digits of its denominator; nil when the denominator is no power of ten.
    public var decimalString: String? {
        var (digits, power) = (0, Int128(1))
        while power < denominator, digits < 18 { (digits, power) = (digits + 1, power &* 10) }
        guard power == denominator, let units = Int64(exactly: numerator) else { return nil }
        return FixedDecimal.format(units, scale: digits, digitsMin: digits)
    }
}
