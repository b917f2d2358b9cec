import Foundation

extension Decimal {
    /// Reads a plain decimal (`-12.50`, `1e3`); nil when any character is left over.
    init?(exactly text: String) {
        let allowed = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        }
        guard allowed, text.utf8.contains(where: { (0x30...0x39).contains($0) }),
            let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
        else { return nil }
        self = value
    }

    /// Rounds half away from zero, as every provider here does with money.
    func rounded(to digits: Int) -> Decimal {
        var value = self
        var result = Decimal()
        NSDecimalRound(&result, &value, digits, .plain)
        return result
    }

    /// The number with exactly `digits` decimals: `5` becomes `5.00`.
    func fixed(_ digits: Int) -> String {
        let text = rounded(to: digits).description
        guard digits > 0 else { return text }
        let parts = text.split(separator: ".", maxSplits: 1)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return "\(parts[0]).\(fraction)\(String(repeating: "0", count: digits - fraction.count))"
    }
}
