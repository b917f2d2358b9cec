/// A Swift value that can be bound as a parameter.
///
/// A `RawRepresentable` type whose raw value is encodable conforms by declaration alone, and so does a wrapper
/// that forwards to another encodable value.
public protocol PostgresEncodable: Sendable {
    /// The type sent for NULL. When left out, the server infers the type of a NULL parameter.
    static var postgresType: PostgresType { get }

    var postgresValue: PostgresValue { get }
}

extension PostgresEncodable {
    public static var postgresType: PostgresType { .unspecified }
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
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public init(postgres cell: PostgresCell) throws {
        self = cell.bytes == nil ? nil : try Wrapped(postgres: cell)
    }
}
