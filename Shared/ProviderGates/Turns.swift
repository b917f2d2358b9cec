import Commerce

/// When callers that were sent away may come back: one after the other, as fast as the account takes them, so that they
/// neither come all at once nor are sent away time and again.
public struct Turns: Sendable, Equatable {
    public var customers: Double
    public var bulk: Double

    // LIMIT: the length of the line is an estimate; a caller asks anew after ten minutes at the latest.
    private static let longest = 600.0

    public init(at now: Double) {
        customers = now
        bulk = now
    }

    /// - Returns: the seconds until the caller's turn.
    mutating func take(_ priority: CallPriority, notBefore earliest: Double, spacing: Double, at now: Double) -> Double
    {
        let last = priority == .bulk ? bulk : customers
        let turn = min(now + Self.longest, max(last, earliest) + spacing)
        if priority == .bulk { bulk = turn } else { customers = turn }
        return turn - now
    }
}
