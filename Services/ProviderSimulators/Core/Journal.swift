import Foundation

/// The exchanges of all providers, oldest first.
///
/// An exchange is entered when it arrives, so the order is that of arrival; its answer is added when there is one.
actor Journal {
    // LIMIT: some hundred megabytes of orders; the oldest entries go first.
    private static let entriesMax = 20_000

    struct Filter: Sendable {
        var provider: Glob?
        var method: Glob?
        var path: Glob?
        /// Only entries after this sequence number.
        var since: Int?
        /// Only entries from this moment on.
        var from: Date?

        func admits(_ entry: JournalEntry) -> Bool {
            provider?.matches(entry.provider) != false && method?.matches(entry.request.method) != false
                && path?.matches(entry.request.path) != false && entry.sequence > since ?? 0
                && entry.request.now >= from ?? .distantPast
        }
    }

    private var entries: [JournalEntry] = []
    private var lastSequence = 0

    /// Enters a request; the number names it in later calls.
    func open(_ request: SimulatedRequest, provider: String) -> Int {
        lastSequence += 1
        if entries.count >= Self.entriesMax { entries.removeFirst(Self.entriesMax / 10) }
        entries.append(JournalEntry(sequence: lastSequence, provider: provider, request: request))
        return lastSequence
    }

    /// Adds what became of it. An entry that was already pushed out is not brought back.
    func close(_ sequence: Int, response: SimulatedResponse?, fault: FaultMode?) {
        guard let first = entries.first?.sequence, sequence >= first, sequence <= lastSequence else { return }
        let index = sequence - first
        entries[index].response = response
        entries[index].fault = fault
        entries[index].applied = response?.applied ?? false
    }

    func entries(_ filter: Filter) -> [JournalEntry] { entries.filter(filter.admits) }

    /// Forgets the entries; sequence numbers go on.
    func clear() { entries.removeAll() }
}
