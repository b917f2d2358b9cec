/// One row of a result. Holds on to the whole result, so keep decoded values rather than rows.
///
/// Failure: `PostgresError` with code `decoding` for an unknown column, a NULL where a value is expected, or a value
/// of another type. The message names the column, never the value.
public struct PostgresRow: Sendable {
    let table: ResultTable
    let index: Int

    /// The names of the columns in order.
    public var columns: [String] { table.columns.names }

    public func callAsFunction<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        try T(postgres: cell(column))
    }

    public func callAsFunction<T: PostgresDecodable>(_ position: Int, as type: T.Type = T.self) throws -> T {
        try T(postgres: cell(position))
    }

    public subscript<T: PostgresDecodable>(_ position: Int) -> T {
        get throws { try T(postgres: cell(position)) }
    }

    public func cell(_ column: String) throws(PostgresError) -> PostgresCell {
        guard let position = table.columns.position(column) else {
            throw PostgresError(.decoding, "the result has no column \(column)")
        }
        return table.cell(row: index, column: position)
    }

    public func cell(_ position: Int) throws(PostgresError) -> PostgresCell {
        guard table.columns.names.indices.contains(position) else {
            throw PostgresError(.decoding, "the result has no column \(position)")
        }
        return table.cell(row: index, column: position)
    }
}
