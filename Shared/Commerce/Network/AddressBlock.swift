/// A range of addresses that are not the public internet, and what it is for.
public struct AddressBlock: Sendable {
    /// What it is for, as a caller is told.
    public let name: String
    private let network: IPAddress
    private let prefixLength: Int

    /// Nil for a text that is not `address/length`.
    init?(_ text: String, _ name: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let network = IPAddress(String(parts[0])), let length = Int(parts[1]) else {
            return nil
        }
        self.name = name
        self.network = network
        prefixLength = length
    }

    func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == network.bytes.count else { return false }
        let whole = prefixLength / 8
        guard address.bytes[..<whole] == network.bytes[..<whole] else { return false }
        let rest = prefixLength % 8
        guard rest > 0 else { return true }
        let mask = ~UInt8(0) << (8 - rest)
        return address.bytes[whole] & mask == network.bytes[whole] & mask
    }
}

extension AddressBlock {
    /// The block that keeps an address from being called; nil for an address of the public internet.
    public static func forbidding(_ address: IPAddress) -> AddressBlock? {
        if let block = forbidden.first(where: { $0.contains(address) }) { return block }
        // Of IPv6 only 2000::/3 is handed out for the public internet (IANA).
        return address.isIPv6 && address.bytes[0] & 0xE0 != 0x20 ? unassigned : nil
    }

    private static let unassigned = AddressBlock("::/0", "not a public address")

    /// Source: the IANA special-purpose address registries (RFC 6890) and what embeds an IPv4 address.
    private static let forbidden: [AddressBlock] = [
        ("0.0.0.0/8", "this network"), ("10.0.0.0/8", "private"), ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link-local"), ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"), ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"), ("192.168.0.0/16", "private"), ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"), ("203.0.113.0/24", "documentation"), ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::1/128", "loopback"), ("::/128", "unspecified"), ("::ffff:0:0/96", "IPv4-mapped"),
        ("::/96", "IPv4-compatible"), ("64:ff9b::/96", "NAT64"), ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "discard-only"), ("2001::/23", "protocol assignments"), ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"), ("3fff::/20", "documentation"), ("5f00::/16", "segment routing"),
        ("fc00::/7", "private"), ("fe80::/10", "link-local"), ("fec0::/10", "site-local"), ("ff00::/8", "multicast"),
    ].compactMap { AddressBlock($0.0, $0.1) }
}
