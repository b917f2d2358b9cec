import Foundation

/// A JSON document, bound and read as `jsonb`.
///
/// The server normalises documents: key order, white space and duplicate keys are not kept.
public struct JSONB: Hashable, Sendable {
    /// The document as UTF-8 text.
    public var bytes: [UInt8]

    /// Takes text that already is JSON; the server refuses it (22P02) when it is not.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(text: String) {
        bytes = Array(text.utf8)
    }

    /// Keys as declared by the type; see `PostgresJSON` for dates.
    public init(encoding value: some Encodable) throws {
        bytes = Array(try PostgresJSON.encoder.encode(value))
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        try PostgresJSON.decoder.decode(type, from: Data(bytes))
    }
}

extension JSONB: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    public static var postgresType: PostgresType { .jsonb }
    public static var postgresArrayType: PostgresType { .jsonbArray }

    /// The version of the binary form of `jsonb`, its first byte.
    private static let version: UInt8 = 1

    public var postgresValue: PostgresValue {
        PostgresValue(type: .jsonb, bytes: [Self.version] + bytes)
    }

    /// Reads `jsonb` and `json`.
    public init(postgres cell: PostgresCell) throws {
        let bytes = try cell.nonNull(as: JSONB.self)
        switch cell.type {
        case .jsonb where bytes.first == Self.version: self.init(bytes: Array(bytes.dropFirst()))
        case .json: self.init(bytes: Array(bytes))
        default: throw cell.mismatch(JSONB.self)
        }
    }
}
