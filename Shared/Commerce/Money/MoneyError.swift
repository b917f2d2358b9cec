/// Why an amount could not be read or computed. Carries no amounts.
public enum MoneyError: Error, Hashable, Sendable {
    /// The text is not a plain decimal such as `-12.50`.
    case notDecimal
    /// The decimal has more digits after the point than the currency or the unit price holds.
    case tooPrecise(digitsMax: Int)
    case currencyMismatch(Currency, Currency)
    case overflow
    /// Shares are computed from at least one positive weight and no negative one.
    case badWeights
}

extension MoneyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notDecimal: "not a decimal number such as 12.50"
        case .tooPrecise(let digits): "more than \(digits) digits after the decimal point"
        case .currencyMismatch(let left, let right): "amounts in \(left) and \(right) cannot be combined"
        case .overflow: "the amount is too large"
        case .badWeights: "weights must not be negative, and one must be positive"
        }
    }
}
