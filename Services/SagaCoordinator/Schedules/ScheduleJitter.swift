import Commerce
import Foundation

/// By how much one firing is put off.
///
/// *Guarantees*: it follows from the schedule and the time alone, so all replicas agree, and is spread evenly over
/// schedules and times.
enum ScheduleJitter {
    /// - Parameter max: not reached; in whole milliseconds.
    static func delay(_ schedule: ScheduleID, at time: Date, upTo max: Duration) -> Duration {
        let span = UInt64(clamping: Int64(max / .milliseconds(1)))
        guard span > 0 else { return .zero }
        var bits = UInt64(bitPattern: Int64((time.timeIntervalSince1970 * 1000).rounded()))
        withUnsafeBytes(of: schedule.uuid.uuid) { bytes in
            for word in 0..<2 { bits = mixed(bits ^ bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)) }
        }
        return .milliseconds(Int64(bits.multipliedFullWidth(by: span).high))
    }

    /// The last step of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
