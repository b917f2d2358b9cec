/// The statements prepared on one connection, least recently used out first. A value without I/O: it says which names
/// to use and which to deallocate.
struct StatementCache {
    /// The same text with other parameter types is another statement.
    struct Key: Hashable {
        let text: String
        let types: [PostgresType]

        init(_ sql: SQL) {
            text = sql.text
            types = sql.binds.map(\.value.type)
        }
    }

    struct Entry {
        let name: String
        /// Known after the first result.
        var columns: ColumnTable?
        fileprivate var lastUse: Int
    }

    /// LIMIT: a service has a few dozen statements; each costs the server some tens of kilobytes.
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var discarded: [String] = []
    private var uses = 0
    private var names = 0

    init(capacity: Int = 256) {
        self.capacity = capacity
    }

    /// The statement, when it is prepared; counts as a use.
    mutating func find(_ key: Key) -> Entry? {
        guard let index = entries.index(forKey: key) else { return nil }
        uses += 1
        entries.values[index].lastUse = uses
        return entries.values[index]
    }

    /// A name no statement of this connection has had.
    mutating func makeName() -> String {
        names += 1
        return "s\(names)"
    }

    /// Records that the server has prepared `key` under `name`, and drops the least used one when full.
    mutating func insert(_ key: Key, name: String) {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
            remove(oldest)
        }
        uses += 1
        entries[key] = Entry(name: name, columns: nil, lastUse: uses)
    }

    mutating func setColumns(_ columns: ColumnTable, of key: Key) {
        entries[key]?.columns = columns
    }

    mutating func removeAll() {
        discarded += entries.values.map(\.name)
        entries = [:]
    }

    /// The names to deallocate, handed out once.
    mutating func takeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }

    /// Takes a name back that could not be deallocated yet.
    mutating func discard(_ name: String) {
        discarded.append(name)
    }

    private mutating func remove(_ key: Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        discarded.append(entry.name)
    }
}
