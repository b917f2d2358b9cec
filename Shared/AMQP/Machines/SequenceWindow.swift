/// Open items numbered 1, 2, 3 … in the order they began, closed in any order: a growing ring keyed by number.
///
/// Appending, looking up and closing one item take constant time; closing a range takes the length of the range.
struct SequenceWindow<Item> {
    private var ring: [Item?]
    /// The lowest number that may still be open.
    private(set) var lowest: UInt64 = 1
    /// The number the next item gets.
    private(set) var next: UInt64 = 1
    /// How many are open.
    private(set) var count = 0

    init(capacity: Int = 64) {
        ring = Array(repeating: nil, count: capacity.nextPowerOfTwo)
    }

    /// Numbers between the lowest open one and the newest; what the ring holds room for.
    var span: Int { Int(next - lowest) }

    mutating func append(_ item: Item) -> UInt64 {
        if span == ring.count { grow() }
        let number = next
        ring[slot(number)] = item
        next += 1
        count += 1
        return number
    }

    subscript(number: UInt64) -> Item? {
        isKnown(number) ? ring[slot(number)] : nil
    }

    /// Changes an open item.
    mutating func replace(_ number: UInt64, with item: Item) {
        guard self[number] != nil else { return }
        ring[slot(number)] = item
    }

    /// Closes one item. `nil` when it is unknown or already closed.
    mutating func close(_ number: UInt64) -> Item? {
        guard isKnown(number), let item = ring[slot(number)] else { return nil }
        ring[slot(number)] = nil
        count -= 1
        skipClosed()
        return item
    }

    /// Closes every item up to and including `number`, oldest first.
    mutating func closeAll(through number: UInt64, _ body: (Item) -> Void) {
        while lowest <= number, lowest < next {
            if let item = ring[slot(lowest)] {
                ring[slot(lowest)] = nil
                count -= 1
                body(item)
            }
            lowest += 1
        }
        skipClosed()
    }

    private func isKnown(_ number: UInt64) -> Bool { number >= lowest && number < next }

    private func slot(_ number: UInt64) -> Int { Int(number & UInt64(ring.count - 1)) }

    private mutating func skipClosed() {
        while lowest < next, ring[slot(lowest)] == nil { lowest += 1 }
    }

    private mutating func grow() {
        var larger = [Item?](repeating: nil, count: ring.count * 2)
        for number in lowest..<next { larger[Int(number & UInt64(larger.count - 1))] = ring[slot(number)] }
        ring = larger
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
