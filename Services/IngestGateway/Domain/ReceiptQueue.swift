import Commerce

/// Webhooks that wait to be stored, and who stores them: a few waiters lead at a time, each one batch, then the next
/// leads. A value without I/O: each event returns what is to be done.
struct ReceiptQueue<Receipt: Sendable, Waiter> {
    struct Entry {
        let id: UInt64
        let workspaceID: WorkspaceID
        /// What makes two deliveries one.
        let key: String
        let bytes: Int
        let receipt: Receipt
        /// Nil once its waiter leads.
        fileprivate(set) var waiter: Waiter?
    }

    enum Arrival {
        case waits
        /// Its waiter is to store a batch now: ``batch(ledBy:)``.
        case leads(Waiter)
        /// More than may wait.
        case refused(Waiter)
    }

    struct Limits {
        /// LIMIT: one transaction of that many rows takes a few milliseconds.
        var batchMax = 100
        var batchBytesMax = 4 * 1024 * 1024
        /// LIMIT: what waits is held in memory; beyond this the sender is asked to come again.
        var waitingMax = 10_000
        var waitingBytesMax = 128 * 1024 * 1024
        /// LIMIT: below the pool's size, so that settings are read and refusals filed meanwhile.
        var leadersMax = 2
    }

    private let limits: Limits
    private var entries: [Entry] = []
    private var bytes = 0
    private var leaders = 0
    private var lastID: UInt64 = 0

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// What waits, leaders that have not taken their batch yet included.
    var count: Int { entries.count }

    mutating func arrive(
        _ receipt: Receipt, key: String, bytes size: Int, in workspaceID: WorkspaceID, _ waiter: Waiter
    ) -> (id: UInt64, Arrival) {
        lastID += 1
        guard entries.count < limits.waitingMax, bytes + size <= limits.waitingBytesMax || entries.isEmpty else {
            return (lastID, .refused(waiter))
        }
        let leads = leaders < limits.leadersMax
        bytes += size
        entries.append(
            Entry(
                id: lastID, workspaceID: workspaceID, key: key, bytes: size, receipt: receipt,
                waiter: leads ? nil : waiter))
        guard leads else { return (lastID, .waits) }
        leaders += 1
        return (lastID, .leads(waiter))
    }

    /// Takes the leader's own entry and what may share its transaction: of its workspace, each delivery once, and none
    /// that leads itself.
    mutating func batch(ledBy id: UInt64) -> [Entry] {
        guard let own = entries.firstIndex(where: { $0.id == id }) else { return [] }
        var batch = [entries.remove(at: own)]
        var keys: Set<String> = [batch[0].key]
        var size = batch[0].bytes
        entries.removeAll { entry in
            guard entry.waiter != nil, entry.workspaceID == batch[0].workspaceID, batch.count < limits.batchMax,
                size + entry.bytes <= limits.batchBytesMax, keys.insert(entry.key).inserted
            else { return false }
            batch.append(entry)
            size += entry.bytes
            return true
        }
        bytes -= size
        return batch
    }

    /// A leader has stored its batch. Returns the longest waiting, who leads next.
    mutating func finished() -> Waiter? {
        guard let next = entries.firstIndex(where: { $0.waiter != nil }) else {
            leaders -= 1
            return nil
        }
        defer { entries[next].waiter = nil }
        return entries[next].waiter
    }
}
