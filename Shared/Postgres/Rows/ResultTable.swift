/// What one statement returned, copied out of libpq: plain values that any task may read.
final class ResultTable: Sendable {
    /// Where a cell lies in `bytes`; a negative length is NULL.
    struct CellRange: Sendable {
        let start: Int
        let length: Int32
    }

    let columns: ColumnTable
    let rowCount: Int

    /// The server's completion tag, `INSERT 0 1` or `COMMIT`.
    let tag: String

    /// How many rows the statement changed or returned.
    let affected: Int

    private let cells: [CellRange]
    private let bytes: [UInt8]

    init(columns: ColumnTable, tag: String, affected: Int, rowCount: Int, cells: [CellRange], bytes: [UInt8]) {
        self.columns = columns
        self.tag = tag
        self.affected = affected
        self.rowCount = rowCount
        self.cells = cells
        self.bytes = bytes
    }

    func cell(row: Int, column: Int) -> PostgresCell {
        let range = cells[row * columns.count + column]
        return PostgresCell(
            type: columns.types[column],
            bytes: range.length < 0 ? nil : bytes[range.start..<range.start + Int(range.length)],
            column: columns.names[column])
    }

    var rows: [PostgresRow] {
        (0..<rowCount).map { PostgresRow(table: self, index: $0) }
    }
}
