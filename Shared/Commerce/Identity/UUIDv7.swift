import Foundation
import Synchronization

/// Makes UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then a counter, then random bits.
public enum UUIDv7 {
    private static let sequence = Mutex(UUIDv7Sequence())

    /// Makes a UUID stamped with real time.
    ///
    /// Guarantees: within a process each result is greater than every earlier one, also when the wall clock steps back.
    public static func make() -> UUID {
        let milliseconds = Date.now.millisecondsSince1970
        let (stamp, counter) = sequence.withLock { $0.next(at: milliseconds) }
        return make(stamp: stamp, counter: counter)
    }

    /// Makes a UUID stamped with the given time; its order among others of the same millisecond is random.
    public static func make(at time: Date) -> UUID {
        make(stamp: time.millisecondsSince1970, counter: .random(in: 0...UUIDv7Sequence.counterMax))
    }

    private static func make(stamp: UInt64, counter: UInt16) -> UUID {
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let high = stamp << 16 | 0x7000 | UInt64(counter)
        let low = UInt64.random(in: .min ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        withUnsafeMutableBytes(of: &bytes) { buffer in
            buffer.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            buffer.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return UUID(uuid: bytes)
    }
}

extension Date {
    /// Whole milliseconds since 1970, zero for earlier times.
    fileprivate var millisecondsSince1970: UInt64 {
        UInt64(max(0, timeIntervalSince1970 * 1000))
    }
}
