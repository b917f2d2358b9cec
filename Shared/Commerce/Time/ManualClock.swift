import Foundation
import Synchronization

/// A clock that moves only when it is told to; for tests and simulations.
public final class ManualClock: WallClock {
    private let time: Mutex<Date>

    public init(_ start: Date) {
        time = Mutex(start)
    }

    public var now: Date {
        time.withLock { $0 }
    }

    public func advance(by duration: Duration) {
        time.withLock { $0 += duration.timeInterval }
    }
}
