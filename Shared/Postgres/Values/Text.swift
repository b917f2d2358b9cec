extension String: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public var postgresValue: PostgresValue { PostgresValue(type: .text, bytes: Array(utf8)) }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: utf8)
        return true
    }

    /// Reads text, `json`, `jsonb` and `numeric` (as its decimal digits).
    ///
    /// Types unknown here (enumerations and domains among them) are read as the text they are sent as, when it is
    /// UTF-8; the built-in types that are not text are refused.
    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: String.self)
        switch cell.type {
        case .text, .varchar, .bpchar, .name, .json:
            self = String(decoding: bytes, as: UTF8.self)
        case .jsonb:
            self = String(decoding: bytes.dropFirst(), as: UTF8.self)
        case .numeric:
            guard let number = NumericText(binary: bytes) else { throw cell.mismatch(String.self) }
            self = number.text
        case .bool, .bytea, .int8, .int2, .int4, .oid, .float4, .float8, .date, .timestamp, .timestamptz, .interval,
            .uuid:
            throw cell.mismatch(String.self)
        default:
            guard let text = String(validating: bytes, as: UTF8.self) else { throw cell.mismatch(String.self) }
            self = text
        }
    }
}
