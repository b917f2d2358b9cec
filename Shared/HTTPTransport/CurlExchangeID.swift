import Synchronization

/// Names one exchange within the process.
struct CurlExchangeID: Hashable, Sendable {
    private static let counter = Atomic<UInt64>(0)

    let number: UInt64

    static func next() -> CurlExchangeID {
        CurlExchangeID(number: counter.add(1, ordering: .relaxed).newValue)
    }
}
