/// An exact fraction of 128-bit integers. Every operation reports overflow; none rounds but `rounded`.
public struct Fraction: Hashable, Sendable {
    public let numerator: Int128
    /// Always positive.
    public let denominator: Int128

    /// Failure: `MoneyError.badWeights` for a denominator that is not positive.
    public init(_ numerator: Int128, over denominator: Int128) throws(MoneyError) {
        guard denominator > 0 else { throw .badWeights }
        self.init(unchecked: numerator, denominator)
    }

    public init(_ whole: Int128) {
        self.init(unchecked: whole, 1)
    }

    init(unchecked numerator: Int128, _ denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Reads a decimal such as `-12.50` exactly. Failure: `MoneyError`.
    public init(decimal: some StringProtocol) throws(MoneyError) {
        let point = decimal.firstIndex(of: ".")
        let digits = point.map { decimal[$0...].utf8.count - 1 } ?? 0
        // LIMIT: 18 digits after the point are as many as fit a 64-bit integer.
        guard digits <= 18 else { throw .tooPrecise(digitsMax: 18) }
        self.init(
            unchecked: Int128(try FixedDecimal.parse(decimal, scale: digits)),
            Int128.powerOfTen(digits))
    }

    public static let zero = Fraction(0)
}

extension Fraction {
    /// Rounds half away from zero to so many digits after the point; the result is a fraction over that power of ten.
    public func rounded(digits: Int) throws(MoneyError) -> Fraction {
        let scale = Int128.powerOfTen(digits)
        if denominator == scale { return self }
        let (quotient, remainder) = try numerator.times(scale).magnitude
            .quotientAndRemainder(dividingBy: denominator.magnitude)
        // WHY: doubling the remainder could overflow; comparing it with what is missing to the next unit cannot.
        let up = remainder >= denominator.magnitude - remainder
        guard let whole = Int128(exactly: up ? quotient + 1 : quotient) else { throw .overflow }
        return Fraction(unchecked: numerator < 0 ? -whole : whole, scale)
    }

    /// The value in units of the last of so many digits, e.g. cents for 2; nil when it is not a whole number of them.
    public func wholeUnits(digits: Int) throws(MoneyError) -> Int64? {
        let scaled = try numerator.times(.powerOfTen(digits))
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: denominator)
        guard remainder == 0 else { return nil }
        guard let units = Int64(exactly: quotient) else { throw .overflow }
        return units
    }
}

extension Int128 {
    static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power &* 10 }
    }

    func times(_ other: Int128) throws(MoneyError) -> Int128 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        guard !overflow else { throw .overflow }
        return product
    }
}
