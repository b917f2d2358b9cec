/// Plain decimals as integers with a fixed number of digits after the point. Exact; never a floating point number.
enum FixedDecimal {
    /// Reads `-12.50` as -1250 when `scale` is 2; digits beyond the scale must be zeros.
    ///
    /// Failure: `MoneyError` for a sign other than minus, an exponent, separators, a missing digit, or too large.
    static func parse(_ text: some StringProtocol, scale: Int) throws(MoneyError) -> Int64 {
        let isNegative = text.utf8.first == minus
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        let fractionCount = try digitsAfterPoint(digits, scale: scale)
        var value: Int64 = 0
        // Digits beyond the scale are known to be zeros and are left out.
        for byte in digits.dropLast(max(0, fractionCount - scale)) where byte != point {
            value = try value.timesTenPlus(isNegative ? -Int64(byte - zero) : Int64(byte - zero))
        }
        for _ in 0..<max(0, scale - fractionCount) { value = try value.timesTenPlus(0) }
        return value
    }

    /// Writes the integer with at least `digitsMin` digits after the point and without further trailing zeros.
    static func format(_ value: Int64, scale: Int, digitsMin: Int) -> String {
        var (rest, fractionCount) = (value.magnitude, scale)
        while fractionCount > digitsMin, rest.isMultiple(of: 10) {
            (rest, fractionCount) = (rest / 10, fractionCount - 1)
        }
        // WHY: 64 bits have 20 digits at most; then the sign, the point, and the zeros before a small fraction.
        let capacity = 23 + fractionCount
        return String(unsafeUninitializedCapacity: capacity) { buffer in
            var start = capacity
            func write(_ byte: UInt8) {
                start -= 1
                buffer[start] = byte
            }
            var written = 0
            repeat {
                if written == fractionCount, written > 0 { write(point) }
                write(zero + UInt8(rest % 10))
                (rest, written) = (rest / 10, written + 1)
            } while rest > 0 || written <= fractionCount
            if value < 0 { write(minus) }
            for index in start..<capacity { buffer[index - start] = buffer[index] }
            return capacity - start
        }
    }

    private static let zero = UInt8(ascii: "0")
    private static let point = UInt8(ascii: ".")
    private static let minus = UInt8(ascii: "-")

    /// Counts the digits after the point of what is otherwise digits only.
    private static func digitsAfterPoint(
        _ bytes: some Collection<UInt8>, scale: Int
    ) throws(MoneyError) -> Int {
        var (wholeCount, fractionCount, isFraction, isTooPrecise) = (0, 0, false, false)
        for byte in bytes {
            if byte == point, !isFraction {
                isFraction = true
                continue
            }
            guard (zero...UInt8(ascii: "9")).contains(byte) else { throw .notDecimal }
            if isFraction { fractionCount += 1 } else { wholeCount += 1 }
            if fractionCount > scale, byte != zero { isTooPrecise = true }
        }
        guard wholeCount > 0, !isFraction || fractionCount > 0 else { throw .notDecimal }
        guard !isTooPrecise else { throw .tooPrecise(digitsMax: scale) }
        return fractionCount
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
