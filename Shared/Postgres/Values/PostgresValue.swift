/// One bound parameter: its type and its bytes in the server's binary format; `nil` bytes are NULL.
public struct PostgresValue: Hashable, Sendable {
    public let type: PostgresType
    public let bytes: [UInt8]?

    public init(type: PostgresType, bytes: [UInt8]?) {
        self.type = type
        self.bytes = bytes
    }

    /// The big-endian bytes of an integer.
    init(type: PostgresType, integer: some FixedWidthInteger) {
        self.init(type: type, bytes: integer.bigEndianBytes)
    }
}

extension [UInt8] {
    mutating func append(bigEndianBytesOf number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }

    /// Reads exactly `MemoryLayout<Self>.size` big-endian bytes; `nil` for any other number of bytes.
    init?(bigEndianBytes bytes: ArraySlice<UInt8>) {
        guard bytes.count == MemoryLayout<Self>.size else { return nil }
        self = bytes.withUnsafeBytes { Self(bigEndian: $0.loadUnaligned(as: Self.self)) }
    }
}
