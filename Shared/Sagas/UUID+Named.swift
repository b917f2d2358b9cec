import Foundation

extension UUID {
    /// A UUID of version 8 (RFC 9562) that a name always gives: the first 122 bits of its 128-bit FNV-1a hash.
    ///
    /// It tells names apart, no more: whoever may choose names can find two that share an id.
    init(named name: String) {
        var hash = Self.offsetBasis
        for byte in name.utf8 { hash = (hash ^ UInt128(byte)) &* Self.prime }
        var bytes = withUnsafeBytes(of: hash.bigEndian) { Array($0) }
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        self = bytes.withUnsafeBytes { UUID(uuid: $0.load(as: uuid_t.self)) }
    }

    private static let offsetBasis: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
}
