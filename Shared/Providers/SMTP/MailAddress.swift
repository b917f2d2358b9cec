/// A mailbox with the name that is shown with it.
public struct MailAddress: Sendable, Equatable {
    public let address: String
    public let name: String?

    // LIMIT: RFC 5321, 4.5.3.1: a path of 256 octets with its brackets.
    private static let bytesMax = 254

    /// Nil for an address that is none in plain ASCII, or a name that could begin a header of somebody's choosing.
    public init?(_ address: String, name: String? = nil) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard address.utf8.count <= Self.bytesMax, parts.count == 2, Self.isLocalPart(parts[0]),
            Self.isDomain(parts[1]), name?.isHeaderText ?? true
        else { return nil }
        self.address = address
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    public var domain: String { String(address.split(separator: "@")[1]) }

    /// As it stands in a header (RFC 5322, 3.4).
    var headerText: String {
        guard let name else { return address }
        let quoted = "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        return "\(name.isPlainASCII ? quoted : EncodedWord.encode(name)) <\(address)>"
    }

    /// A dot-atom; quoted local parts are not taken.
    private static func isLocalPart(_ text: Substring) -> Bool {
        let atoms = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 64
            && atoms.allSatisfy { atom in
                !atom.isEmpty && atom.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
            }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

extension String {
    /// Whether the text may stand in a header: a line break in it would begin another (header injection).
    var isHeaderText: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{2028}" && $0 != "\u{2029}" }
    }

    var isPlainASCII: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
