/// Randomness that one number decides, the same on every machine and in every build (SplitMix64).
struct SeededGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
        // Neighbouring seeds must not give the same numbers one place apart.
        state = next() ^ 0x1234_5678_9ABC_DEF1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// From 0 to below `bound`.
    mutating func int(_ bound: Int) -> Int {
        Int(next() % UInt64(max(bound, 1)))
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + int(range.count)
    }

    /// Whether something happens that happens `perMille` times in a thousand.
    mutating func chance(_ perMille: Int) -> Bool {
        int(1000) < perMille
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[int(elements.count)]
    }

    /// One of several by weight.
    mutating func weighted<Element>(_ choices: [(Int, Element)]) -> Element {
        var left = int(choices.reduce(0) { $0 + $1.0 })
        for (weight, element) in choices {
            if left < weight { return element }
            left -= weight
        }
        return choices[0].1
    }
}
