/// Plain decimals as integers with a fixed number of digits after the point. Exact; never a floating point number.
enum FixedDecimal {
    /// Reads `-12.50` as -1250 when `scale` is 2; digits beyond the scale must be zeros.
    ///
    /// Failure: `MoneyError` for a sign other than minus, an exponent, separators, a missing digit, or too large.
    static func parse(_ text: some StringProtocol, scale: Int) throws(MoneyError) -> Int64 {
        let isNegative = text.first == "-"
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else { throw .notDecimal }
        let fraction = parts.count == 2 ? Array(parts[1].utf8) : []
        guard fraction.dropFirst(scale).allSatisfy({ $0 == zero }) else { throw .tooPrecise(digitsMax: scale) }
        let padding = [UInt8](repeating: zero, count: max(0, scale - fraction.count))
        let digits = Array(parts[0].utf8) + fraction.prefix(scale) + padding
        var value: Int64 = 0
        for digit in digits.map({ Int64($0 - zero) }) {
            value = try value.timesTenPlus(isNegative ? -digit : digit)
        }
        return value
    }

    /// Writes the integer with at least `digitsMin` digits after the point and without further trailing zeros.
    static func format(_ value: Int64, scale: Int, digitsMin: Int) -> String {
        let magnitude = String(value.magnitude)
        let digits = String(repeating: "0", count: max(0, scale + 1 - magnitude.count)) + magnitude
        var fraction = digits.suffix(scale)
        while fraction.count > digitsMin, fraction.last == "0" { fraction.removeLast() }
        let whole = (value < 0 ? "-" : "") + digits.dropLast(scale)
        return fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

    private static let zero = UInt8(ascii: "0")

    private static func isDigit(_ byte: UInt8) -> Bool {
        (zero...UInt8(ascii: "9")).contains(byte)
    }
}

extension Int64 {
    fileprivate func timesTenPlus(_ digit: Int64) throws(MoneyError) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: 10)
        let (sum, sumOverflow) = product.addingReportingOverflow(digit)
        guard !overflow, !sumOverflow else { throw .overflow }
        return sum
    }
}
