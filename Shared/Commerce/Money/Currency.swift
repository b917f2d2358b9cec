/// A currency of ISO 4217 and the number of digits its amounts have after the point.
public struct Currency: Hashable, Sendable {
    /// The three capital letters, e.g. `USD`.
    public let code: String
    /// Digits of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    public let exponent: Int

    /// Nil for a code that ISO 4217 does not list for payments; codes are upper-case.
    public init?(code: String) {
        guard let exponent = Self.exponents[code] else { return nil }
        self.init(code: code, exponent: exponent)
    }

    init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
    }
}

extension Currency: CustomStringConvertible {
    public var description: String { code }
}

extension Currency: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let currency = Currency(code: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 4217 currency code")
        }
        self = currency
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
