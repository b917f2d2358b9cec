/// A Swift value that can be bound as a parameter.
///
/// A `RawRepresentable` type whose raw value is encodable conforms by declaration alone, and so does a wrapper
/// that forwards to another encodable value.
public protocol PostgresEncodable: Sendable {
    /// The type sent for NULL. When left out, the server infers the type of a NULL parameter.
    static var postgresType: PostgresType { get }

    var postgresValue: PostgresValue { get }

    /// Appends the bytes of ``postgresValue``, for an array, which needs no copy of each element of its own.
    ///
    /// - Returns: `false` for NULL, which has none.
    func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool
}

extension PostgresEncodable {
    public static var postgresType: PostgresType { .unspecified }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        guard let own = postgresValue.bytes else { return false }
        bytes.append(contentsOf: own)
        return true
    }
}

/// A Swift value that can be read from a cell of a result.
///
/// Initialisers throw `PostgresError` with code `decoding`, which names the column and the types, never the value.
public protocol PostgresDecodable {
    init(postgres cell: PostgresCell) throws
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    public static var postgresType: PostgresType { RawValue.postgresType }

    public var postgresValue: PostgresValue { rawValue.postgresValue }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool { rawValue.appendPostgresBytes(to: &bytes) }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    public init(postgres cell: PostgresCell) throws {
        let raw = try RawValue(postgres: cell)
        guard let value = Self(rawValue: raw) else { throw cell.mismatch(Self.self) }
        self = value
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    public static var postgresType: PostgresType { Wrapped.postgresType }

    public var postgresValue: PostgresValue {
        self?.postgresValue ?? PostgresValue(type: Wrapped.postgresType, bytes: nil)
    }

    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        self?.appendPostgresBytes(to: &bytes) ?? false
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public init(postgres cell: PostgresCell) throws {
        self = cell.bytes == nil ? nil : try Wrapped(postgres: cell)
    }
}
