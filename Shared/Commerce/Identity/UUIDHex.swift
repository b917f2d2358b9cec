import Foundation

extension UUID {
    /// The 32 lower-case hexadecimal digits, without hyphens.
    public var hexDigits: String {
        String(unsafeUninitializedCapacity: 32) { text in
            withUnsafeBytes(of: uuid) { bytes in
                for index in 0..<16 { Self.write(bytes[index], to: text, at: index * 2) }
            }
            return 32
        }
    }

    /// The form of RFC 9562: lower-case digits in groups of 8, 4, 4, 4 and 12.
    public var canonicalText: String {
        String(unsafeUninitializedCapacity: 36) { text in
            var position = 0
            withUnsafeBytes(of: uuid) { bytes in
                for index in 0..<16 {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[position] = UInt8(ascii: "-")
                        position += 1
                    }
                    Self.write(bytes[index], to: text, at: position)
                    position += 2
                }
            }
            return 36
        }
    }

    /// Parses exactly 32 hexadecimal digits of either case.
    public init?(hexDigits text: some StringProtocol) {
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let count = withUnsafeMutableBytes(of: &bytes) { buffer in
            var count = 0
            for character in text.utf8 {
                guard count < 32, let digit = Self.value(ofDigit: character) else { return -1 }
                buffer[count / 2] = buffer[count / 2] << 4 | digit
                count += 1
            }
            return count
        }
        guard count == 32 else { return nil }
        self.init(uuid: bytes)
    }

    private static func write(_ byte: UInt8, to text: UnsafeMutableBufferPointer<UInt8>, at position: Int) {
        text[position] = digit(byte >> 4)
        text[position + 1] = digit(byte & 15)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(ofDigit character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
