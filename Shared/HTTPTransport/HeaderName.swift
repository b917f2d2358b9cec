extension String {
    /// Compares header names as RFC 9110, 5.1 asks: ASCII letters without regard to case.
    func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    /// Whether the text may stand in a header line; a line break in it would begin a header of somebody's choosing.
    var isHeaderSafe: Bool {
        !utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0x00 }
    }

    /// Whether the text is a token of RFC 9110, 5.6.2: what header names and methods consist of.
    var isToken: Bool {
        !isEmpty && utf8.allSatisfy { $0.isTokenCharacter }
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        (0x41...0x5A).contains(self) ? self + 0x20 : self
    }

    fileprivate var isTokenCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }
}
