/// An exact percentage from 0 to 100.
public struct Percentage: Hashable, Sendable {
    public let value: Fraction

    public static let zero = Percentage(unchecked: Fraction(0))
    public static let hundred = Percentage(unchecked: Fraction(100))

    /// Reads a decimal such as `12.5`; nil when it is below 0 or above 100.
    ///
    /// Failure: `MoneyError` when it is no decimal or has more than eight digits after the point.
    public init?(decimal: some StringProtocol) throws(MoneyError) {
        // LIMIT: as for unit prices; more digits than any policy needs, and few enough to multiply without overflow.
        let scaled = try FixedDecimal.parse(decimal, scale: UnitPrice.scale)
        let value = try Fraction(decimal: FixedDecimal.format(scaled, scale: UnitPrice.scale, digitsMin: 0))
        guard value.numerator >= 0, try !Fraction(100).isLess(than: value) else { return nil }
        self.init(unchecked: value)
    }

    /// In units of 10⁻⁴ of a percent, which the caller knows to be from 0 to 100 %.
    init(tenThousandths scaled: Int64) {
        var (units, digits) = (scaled, ReturnPercent.scale)
        while digits > 0, units.isMultiple(of: 10) { (units, digits) = (units / 10, digits - 1) }
        self.init(unchecked: Fraction(unchecked: Int128(units), .powerOfTen(digits)))
    }

    private init(unchecked value: Fraction) {
        self.value = value
    }
}

extension Percentage: CustomStringConvertible {
    public var description: String { value.decimalString ?? "" }
}
