import Foundation

extension Bool: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .bool }
    public var postgresValue: PostgresValue { PostgresValue(type: .bool, bytes: [self ? 1 : 0]) }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(self ? 1 : 0)
        return true
    }

    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: Bool.self)
        guard cell.type == .bool, bytes.count == 1, let byte = bytes.first else { throw cell.mismatch(Bool.self) }
        self = byte != 0
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .float8 }
    public var postgresValue: PostgresValue { PostgresValue(type: .float8, integer: bitPattern) }

    /// Reads `double precision` and `real`.
    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: Double.self)
        let value: Double? =
            switch cell.type {
            case .float8: UInt64(bigEndianBytes: bytes).map { Double(bitPattern: $0) }
            case .float4: UInt32(bigEndianBytes: bytes).map { Double(Float(bitPattern: $0)) }
            default: nil
            }
        guard let value else { throw cell.mismatch(Double.self) }
        self = value
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .uuid }
    public var postgresValue: PostgresValue {
        PostgresValue(type: .uuid, bytes: withUnsafeBytes(of: uuid) { Array($0) })
    }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
        return true
    }

    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: UUID.self)
        guard cell.type == .uuid, bytes.count == 16 else { throw cell.mismatch(UUID.self) }
        self.init(uuid: bytes.withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) })
    }
}
