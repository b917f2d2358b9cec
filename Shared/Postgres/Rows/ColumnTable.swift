/// The columns of a statement; kept with the prepared statement, so that a result repeats no name look-ups.
final class ColumnTable: Sendable {
    let names: [String]
    let types: [PostgresType]
    private let positions: [String: Int]

    static let none = ColumnTable(names: [], types: [])

    init(names: [String], types: [PostgresType]) {
        self.names = names
        self.types = types
        positions = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    var count: Int { names.count }

    /// The first column of that name.
    func position(_ name: String) -> Int? {
        positions[name]
    }
}
