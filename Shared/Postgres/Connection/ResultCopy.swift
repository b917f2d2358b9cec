import CPostgreSQL
import Foundation

extension ColumnTable {
    convenience init(_ result: borrowing RawResult) {
        let columns = 0..<PQnfields(result.pointer)
        self.init(
            names: columns.map { column in PQfname(result.pointer, column).map { String(cString: $0) } ?? "" },
            types: columns.map { PostgresType(rawValue: PQftype(result.pointer, $0)) })
    }
}

extension ResultTable {
    /// Copies every cell into one buffer. `columns` are those of the statement, when they are known.
    convenience init(_ result: borrowing RawResult, columns known: ColumnTable?) {
        let pointer = result.pointer
        let columns = known ?? ColumnTable(result)
        let rowCount = PQntuples(pointer)
        var cells: [CellRange] = []
        cells.reserveCapacity(Int(rowCount) * columns.count)
        var size = 0
        for row in 0..<rowCount {
            for column in 0..<Int32(columns.count) {
                let isNull = PQgetisnull(pointer, row, column) == 1
                let length = isNull ? -1 : PQgetlength(pointer, row, column)
                cells.append(CellRange(start: size, length: length))
                size += Int(max(length, 0))
            }
        }
        self.init(
            columns: columns,
            tag: String(cString: PQcmdStatus(pointer)),
            affected: Int(strtol(PQcmdTuples(pointer), nil, 10)),
            rowCount: Int(rowCount),
            cells: cells,
            bytes: Self.copy(result, cells, size: size))
    }

    private static func copy(_ result: borrowing RawResult, _ cells: [CellRange], size: Int) -> [UInt8] {
        if size == 0 { return [] }
        let pointer = result.pointer
        let columns = PQnfields(pointer)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            for (index, cell) in cells.enumerated() where cell.length > 0 {
                let position = Int32(index)
                guard let value = PQgetvalue(pointer, position / columns, position % columns) else { continue }
                memcpy(buffer.baseAddress! + cell.start, value, Int(cell.length))
            }
            count = size
        }
    }
}
