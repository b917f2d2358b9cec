import Foundation

extension UUID {
    /// The 32 lower-case hexadecimal digits, without hyphens.
    public var hexDigits: String {
        let digits = Array("0123456789abcdef".utf8)
        return withUnsafeBytes(of: uuid) { bytes in
            String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }
    }

    /// Parses exactly 32 hexadecimal digits of either case.
    public init?(hexDigits text: some StringProtocol) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 32, text.utf8.count == 32 else { return nil }
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { buffer in
            for index in 0..<16 {
                buffer[index] = UInt8(digits[2 * index] << 4 | digits[2 * index + 1])
            }
        }
        self.init(uuid: bytes)
    }
}
