/// The stamp and counter of consecutive UUIDs: strictly increasing whatever the clock does.
///
/// A new millisecond starts at a random counter below 2048, which leaves room for 2048 more within it; when the
/// counter runs over, the stamp runs ahead of the clock by a millisecond instead of waiting.
struct UUIDv7Sequence {
    /// LIMIT: the 12 bits that version 7 leaves between the stamp and the variant.
    static let counterMax: UInt16 = 0xFFF

    private var stamp: UInt64 = 0
    private var counter: UInt16 = 0

    mutating func next(at milliseconds: UInt64) -> (stamp: UInt64, counter: UInt16) {
        if milliseconds > stamp {
            stamp = milliseconds
            counter = .random(in: 0...Self.counterMax / 2)
        } else if counter < Self.counterMax {
            counter += 1
        } else {
            stamp += 1
            counter = 0
        }
        return (stamp, counter)
    }
}
