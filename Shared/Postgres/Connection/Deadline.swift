/// A moment of the monotonic clock after which a wait gives up; `never` has none.
struct Deadline {
    private let instant: ContinuousClock.Instant?

    static let never = Deadline(instant: nil)

    static func after(_ duration: Duration) -> Deadline {
        Deadline(instant: .now.advanced(by: duration))
    }

    private init(instant: ContinuousClock.Instant?) {
        self.instant = instant
    }

    /// What is left, in the form `poll` takes: milliseconds rounded up, -1 for no limit.
    var pollTimeout: Int32 {
        guard let instant else { return -1 }
        let left = ContinuousClock.now.duration(to: instant)
        let milliseconds = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
        return Int32(clamping: max(0, milliseconds))
    }
}
