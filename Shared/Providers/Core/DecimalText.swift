import Foundation

/// An amount as a provider wrote it, string or number, kept as decimal text and never as a binary fraction.
///
/// Encodes as a JSON number when the text is one, otherwise as a string.
public struct DecimalText: Hashable, Sendable {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    /// The exact value; nil when the text is no plain decimal.
    public var decimal: Decimal? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        return isPlain ? Decimal(string: text) : nil
    }

    /// The value as a whole number; nil when it has a fraction or is no decimal. `2.0` is 2.
    public var wholeNumber: Int? {
        guard let decimal else { return nil }
        let number = NSDecimalNumber(decimal: decimal).intValue
        return Decimal(number) == decimal ? number : nil
    }

    /// The exact sum, with as many digits as the longest part; nil when a part is no decimal.
    public static func sum(_ amounts: [DecimalText]) -> DecimalText? {
        var total = Decimal(0)
        for amount in amounts {
            guard let decimal = amount.decimal else { return nil }
            total += decimal
        }
        return DecimalText("\(total)").padded(toFractionDigits: amounts.map(\.fractionDigits).max() ?? 0)
    }

    /// The exact rest, with as many digits as the longest part; nil when a part is no decimal.
    public func less(_ amounts: [DecimalText]) -> DecimalText? {
        DecimalText.sum([self] + amounts.map(\.negated))
    }

    private var negated: DecimalText {
        DecimalText(text.hasPrefix("-") ? String(text.dropFirst()) : "-\(text)")
    }

    private var fractionDigits: Int {
        text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    }

    private func padded(toFractionDigits digits: Int) -> DecimalText {
        let missing = digits - fractionDigits
        guard missing > 0 else { return self }
        return DecimalText(text + (fractionDigits == 0 ? "." : "") + String(repeating: "0", count: missing))
    }
}

extension DecimalText: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let string = try? container.decode(String.self) {
            text = string
        } else {
            text = "\(try container.decode(Decimal.self))"
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let decimal {
            try container.encode(decimal)
        } else {
            try container.encode(text)
        }
    }
}

extension DecimalText: ExpressibleByStringLiteral, CustomStringConvertible {
    public init(stringLiteral value: String) { self.init(value) }
    public var description: String { text }
}
