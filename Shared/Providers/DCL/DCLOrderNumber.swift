/// An order number the warehouse takes: 1 to 25 letters, digits, `#` and `-`.
public struct DCLOrderNumber: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    /// Nil when the warehouse would not take it.
    public init?(_ text: String) {
        let isTaken = (1...25).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isAllowed)
        guard isTaken else { return nil }
        self.text = text
    }

    /// The number of a later dispatch of the same sales order: `SO10045-2`. The first one has none added.
    public init?(salesOrder number: String, dispatch: Int) {
        self.init(dispatch <= 1 ? number : "\(number)-\(dispatch)")
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = DCLOrderNumber(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an order number")
        }
        self = number
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x23, 0x2D: true
        default: false
        }
    }
}
