/// How often a transaction is run again, and after which pause.
struct RetryBudget {
    private var repeats = 0
    private var reconnects = 0
    private var preparations = 0
    private let random: @Sendable (ClosedRange<Double>) -> Double

    static let repeatsMax = 5

    init(random: @escaping @Sendable (ClosedRange<Double>) -> Double = { Double.random(in: $0) }) {
        self.random = random
    }

    /// The pause before another run, or `nil` when the error is final.
    mutating func pause(after error: PostgresError) -> Duration? {
        switch error.recovery {
        case .none: return nil
        case .repeatTransaction: return pauseBeforeRepeat()
        case .reconnect: return Self.once(&reconnects)
        case .prepareAgain: return Self.once(&preparations)
        }
    }

    /// Random between half and all of 5 ms, 10 ms, … 80 ms: two transactions that met do not meet again.
    private mutating func pauseBeforeRepeat() -> Duration? {
        guard repeats < Self.repeatsMax else { return nil }
        defer { repeats += 1 }
        return .milliseconds(5) * Double(1 << repeats) * random(0.5...1)
    }

    private static func once(_ counter: inout Int) -> Duration? {
        guard counter == 0 else { return nil }
        counter = 1
        return .zero
    }
}
