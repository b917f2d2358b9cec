/// One value of a result: its type, its bytes in the server's binary format, and where it came from.
public struct PostgresCell: Sendable {
    public let type: PostgresType

    /// `nil` for NULL. A view into the result; copying it keeps the result alive.
    public let bytes: ArraySlice<UInt8>?

    /// The column's name, for messages.
    public let column: String

    public init(type: PostgresType, bytes: ArraySlice<UInt8>?, column: String) {
        self.type = type
        self.bytes = bytes
        self.column = column
    }

    /// The bytes of a value that must not be NULL.
    public func nonNull(as target: Any.Type) throws(PostgresError) -> ArraySlice<UInt8> {
        guard let bytes else {
            throw PostgresError(.decoding, "column \(column) is NULL where \(target) is expected")
        }
        return bytes
    }

    /// Says that the cell's type or contents do not make a `target`.
    public func mismatch(_ target: Any.Type) -> PostgresError {
        PostgresError(.decoding, "column \(column) (type \(type.rawValue)) does not hold a \(target)")
    }
}
