/// Who holds the connections of a pool and who waits for one, first come, first served. A value without I/O: each
/// event returns what the pool has to do.
struct LeaseQueue<Connection, Waiter> {
    enum Request {
        case lease(Connection)
        /// There is room for one more: make it; it counts as leased.
        case create
        case wait
        case refuse(PostgresError)
    }

    enum Return {
        case handOver(Connection, to: Waiter)
        case keep
        /// The last one is back after `close`: dispose of all.
        case drained
    }

    private let capacity: Int
    private let waitersMax: Int
    private var idle: [Connection] = []
    private var waiters: [(id: UInt64, waiter: Waiter)] = []
    private(set) var leased = 0
    private(set) var isClosed = false

    /// LIMIT: waiters beyond this would wait for longer than anyone who asked still cares.
    init(capacity: Int, waitersMax: Int = 10_000) {
        self.capacity = capacity
        self.waitersMax = waitersMax
    }

    var waiting: Int { waiters.count }

    /// Asks for a connection. After `.wait` the asker may `enqueue`.
    mutating func request() -> Request {
        if isClosed { return .refuse(PostgresError(.poolClosed, "the pool is closed")) }
        if let connection = idle.popLast() {
            leased += 1
            return .lease(connection)
        }
        if leased < capacity {
            leased += 1
            return .create
        }
        if waiters.count >= waitersMax {
            let message = "\(waitersMax) tasks wait for a connection already"
            return .refuse(PostgresError(.poolExhausted, message, retryability: .retry))
        }
        return .wait
    }

    mutating func enqueue(_ waiter: Waiter, id: UInt64) {
        waiters.append((id, waiter))
    }

    /// Takes a waiter out; `nil` when it has been served meanwhile.
    mutating func cancel(id: UInt64) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index).waiter
    }

    /// Gives a connection back: to the longest waiting, else to the idle ones.
    mutating func giveBack(_ connection: Connection) -> Return {
        if !waiters.isEmpty { return .handOver(connection, to: waiters.removeFirst().waiter) }
        leased -= 1
        idle.append(connection)
        return isClosed && leased == 0 ? .drained : .keep
    }

    /// Refuses everything from now on; returns those who waited in vain.
    mutating func close() -> [Waiter] {
        isClosed = true
        defer { waiters = [] }
        return waiters.map(\.waiter)
    }

    /// The connections to dispose of, once none is leased.
    mutating func takeIdle() -> [Connection] {
        defer { idle = [] }
        return idle
    }
}
