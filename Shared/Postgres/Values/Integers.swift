extension PostgresDecodable where Self: FixedWidthInteger {
    /// Reads any of the server's integer types, when the value fits.
    ///
    /// `numeric` is read too because `sum(bigint)` has that type; a fraction is refused.
    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: Self.self)
        let wide: Int64? =
            switch cell.type {
            case .int8: Int64(bigEndianBytes: bytes)
            case .int4: Int32(bigEndianBytes: bytes).map(Int64.init)
            case .int2: Int16(bigEndianBytes: bytes).map(Int64.init)
            case .oid: UInt32(bigEndianBytes: bytes).map(Int64.init)
            case .numeric: NumericText(binary: bytes).flatMap { Int64($0.text) }
            default: nil
            }
        guard let wide, let value = Self(exactly: wide) else { throw cell.mismatch(Self.self) }
        self = value
    }
}

extension Int: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }
    public var postgresValue: PostgresValue { PostgresValue(type: .int8, integer: Int64(self)) }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndianBytesOf: Int64(self))
        return true
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }
    public var postgresValue: PostgresValue { PostgresValue(type: .int8, integer: self) }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndianBytesOf: self)
        return true
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int4 }
    public var postgresValue: PostgresValue { PostgresValue(type: .int4, integer: self) }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int2 }
    public var postgresValue: PostgresValue { PostgresValue(type: .int2, integer: self) }
}

extension UInt8: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int2 }
    public var postgresValue: PostgresValue { PostgresValue(type: .int2, integer: Int16(self)) }
}
