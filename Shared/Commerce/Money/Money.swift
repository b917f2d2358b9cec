/// An exact amount: whole minor units of one currency.
public struct Money: Hashable, Sendable {
    public let minorUnits: Int64
    public let currency: Currency

    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads a decimal such as `155.12`. Failure: `MoneyError` if it is none or finer than the currency's minor unit.
    public init(decimal: some StringProtocol, currency: Currency) throws(MoneyError) {
        self.init(
            minorUnits: try FixedDecimal.parse(decimal, scale: currency.exponent),
            currency: currency)
    }

    public static func zero(_ currency: Currency) -> Money {
        Money(minorUnits: 0, currency: currency)
    }

    /// The amount with all of the currency's digits, e.g. `155.10`, `-0.05`; JPY `1200`.
    public var decimalString: String {
        FixedDecimal.format(minorUnits, scale: currency.exponent, digitsMin: currency.exponent)
    }

    public var isNegative: Bool { minorUnits < 0 }
}

extension Money: CustomStringConvertible {
    public var description: String { "\(decimalString) \(currency)" }
}

/// As `{"amount":"155.12","currency":"USD"}`.
extension Money: Codable {
    enum CodingKeys: String, CodingKey {
        case amount, currency
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try container.decode(Currency.self, forKey: .currency)
        do {
            self = try Money(decimal: try container.decode(String.self, forKey: .amount), currency: currency)
        } catch let error as MoneyError {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(decimalString, forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}
