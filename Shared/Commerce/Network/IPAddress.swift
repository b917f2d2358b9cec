import Foundation

/// An IPv4 or IPv6 address as its bytes, 4 or 16.
public struct IPAddress: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Parses the one strict form of each family: four decimal numbers, or RFC 4291 text without a zone.
    ///
    /// Nil for everything else: `0x7f.1`, `127.1`, `0177.0.0.1` and `2130706433` are no addresses here.
    public init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        if let bytes = Self.parse(text, AF_INET, count: 4) ?? Self.parse(text, AF_INET6, count: 16) {
            self.bytes = bytes
        } else {
            return nil
        }
    }

    private static func parse(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    public var isIPv6: Bool { bytes.count == 16 }
}

extension IPAddress: CustomStringConvertible {
    /// The canonical text.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
