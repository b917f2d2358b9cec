/// An array of bytes is one `bytea`, not an array of small integers; an array of those is `bytea[]`.
extension UInt8: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .bytea }

    public static func postgresValue(ofArray elements: [UInt8]) -> PostgresValue {
        PostgresValue(type: .bytea, bytes: elements)
    }

    public static func array(postgres cell: PostgresCell) throws -> [UInt8] {
        let bytes = try cell.nonNull(as: [UInt8].self)
        guard cell.type == .bytea else { throw cell.mismatch([UInt8].self) }
        return Array(bytes)
    }
}

extension Array: PostgresArrayElement where Element == UInt8 {
    public static var postgresArrayType: PostgresType { .byteaArray }
}
