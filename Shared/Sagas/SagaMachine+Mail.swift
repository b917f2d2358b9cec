/// How far the mail of a saga that no step has taken was loaded: of each type all, or the oldest up to an entry.
///
/// A `wait` takes the oldest match of one type, so each type is read on by itself.
public struct UnreadMail: Sendable, Equatable {
    /// The last entry that was loaded of a type that was not read on; `nil` when there was no more.
    private var lastLoaded: Int?
    /// Those that were read on. A value of `nil`: to the end.
    private var ends: [String: Int?] = [:]

    public static let all = UnreadMail(through: nil)

    /// - Parameter end: the id of the last entry that was loaded, where there are more behind it.
    public init(through end: Int?) {
        lastLoaded = end
    }

    /// Where to read on; `nil` when all of that type is loaded.
    func end(of type: String) -> Int? {
        if let known = ends[type] { known } else { lastLoaded }
    }

    func isLoaded(_ type: String) -> Bool { end(of: type) == nil }

    /// Whether anything was left behind.
    public var isPartial: Bool { lastLoaded != nil }

    mutating func readOn(_ type: String, through end: Int?) {
        ends[type] = .some(end)
    }
}

/// The next entries of one type.
public struct MailPage: Sendable {
    public var type: String
    public var entries: [MailboxEntry]
    /// Whether there are more behind them.
    public var hasMore: Bool

    public init(type: String, entries: [MailboxEntry], hasMore: Bool) {
        self.type = type
        self.entries = entries
        self.hasMore = hasMore
    }
}

extension SagaMachine {
    /// Whether mail was left behind when it was loaded.
    public var hasMoreMail: Bool { unread.isPartial }

    /// The types of events that it waits for now and of which there is more mail than was loaded: behind which entry.
    public var wantedMail: [String: Int] {
        guard unread.isPartial, goesForward else { return [:] }
        let waits = steps.values.filter { $0.kind == .wait && $0.status == .issued && !$0.lost }
        return waits.reduce(into: [:]) { wanted, wait in wanted[wait.name] = unread.end(of: wait.name) }
    }

    /// Adds what ``wantedMail`` asked for; ``wake()`` then looks at it.
    public mutating func add(_ pages: [MailPage]) {
        for page in pages {
            mailbox += page.entries
            unread.readOn(page.type, through: page.hasMore ? page.entries.last?.id : nil)
        }
    }
}
