/// An exact price of one unit, finer than money: whole hundred-millionths (10⁻⁸) of the currency's major unit.
public struct UnitPrice: Hashable, Sendable {
    /// LIMIT: eight digits hold every unit price and rate our providers send.
    static let scale = 8

    /// The price in units of 10⁻⁸.
    public let scaled: Int64

    public init(scaled: Int64) {
        self.scaled = scaled
    }

    /// Reads a decimal of at most eight digits after the point. Failure: `MoneyError`.
    public init(decimal: some StringProtocol) throws(MoneyError) {
        self.init(scaled: try FixedDecimal.parse(decimal, scale: Self.scale))
    }

    /// The price with at least `digitsMin` digits after the point and no further trailing zeros.
    public func decimalString(digitsMin: Int = 2) -> String {
        FixedDecimal.format(scaled, scale: Self.scale, digitsMin: digitsMin)
    }

    /// The price with at least the currency's digits.
    public func decimalString(in currency: Currency) -> String {
        decimalString(digitsMin: currency.exponent)
    }

    /// The price of several units, rounded once, half away from zero, to the currency's minor unit.
    public func times(_ quantity: Int, in currency: Currency) throws(MoneyError) -> Money {
        let product = Int128(scaled) * Int128(quantity)
        let divisor = (currency.exponent..<Self.scale).reduce(Int128(1)) { power, _ in power * 10 }
        let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
        let rounded = remainder * 2 >= divisor.magnitude ? quotient + 1 : quotient
        guard let minorUnits = Int64(exactly: product < 0 ? -Int128(rounded) : Int128(rounded)) else {
            throw .overflow
        }
        return Money(minorUnits: minorUnits, currency: currency)
    }
}

extension UnitPrice: CustomStringConvertible {
    public var description: String { decimalString() }
}

/// As a decimal string.
extension UnitPrice: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = try UnitPrice(decimal: try container.decode(String.self))
        } catch let error as MoneyError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(decimalString())
    }
}
