extension Fraction {
    public func plus(_ other: Fraction) throws(MoneyError) -> Fraction {
        if denominator == other.denominator {
            return Fraction(unchecked: try numerator.adding(other.numerator), denominator)
        }
        // WHY: whole numbers among amounts are the usual case, and so the sum stays over a power of ten.
        if other.denominator == 1 {
            return Fraction(unchecked: try numerator.adding(try other.numerator.times(denominator)), denominator)
        }
        if denominator == 1 {
            return Fraction(
                unchecked: try other.numerator.adding(try numerator.times(other.denominator)), other.denominator)
        }
        let left = try numerator.times(other.denominator)
        let right = try other.numerator.times(denominator)
        return Fraction(unchecked: try left.adding(right), try denominator.times(other.denominator)).reduced
    }

    public func minus(_ other: Fraction) throws(MoneyError) -> Fraction {
        try plus(Fraction(unchecked: Int128(0).subtracting(other.numerator), other.denominator))
    }

    public func times(_ other: Fraction) throws(MoneyError) -> Fraction {
        Fraction(
            unchecked: try numerator.times(other.numerator),
            try denominator.times(other.denominator))
    }

    /// Failure: `MoneyError.badWeights` unless the divisor is positive.
    public func divided(by other: Fraction) throws(MoneyError) -> Fraction {
        try Fraction(
            try numerator.times(other.denominator),
            over: try denominator.times(other.numerator))
    }

    public func isLess(than other: Fraction) throws(MoneyError) -> Bool {
        if denominator == other.denominator { return numerator < other.numerator }
        return try numerator.times(other.denominator) < other.numerator.times(denominator)
    }

    public var isZero: Bool { numerator == 0 }

    /// The same value in lowest terms.
    public var reduced: Fraction {
        var (divisor, rest) = (numerator.magnitude, denominator.magnitude)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        let common = Int128(truncatingIfNeeded: divisor)
        return common > 1 ? Fraction(unchecked: numerator / common, denominator / common) : self
    }
}

extension Int128 {
    fileprivate func adding(_ other: Int128) throws(MoneyError) -> Int128 {
        let (sum, overflow) = addingReportingOverflow(other)
        guard !overflow else { throw .overflow }
        return sum
    }

    fileprivate func subtracting(_ other: Int128) throws(MoneyError) -> Int128 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        guard !overflow else { throw .overflow }
        return difference
    }
}
