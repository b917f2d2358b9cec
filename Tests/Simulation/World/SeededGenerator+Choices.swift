import SeededRandom

extension SeededGenerator {
    /// For a world of its own. Neighbouring seeds must not give the same numbers one place apart.
    init(world seed: UInt64) {
        var first = SeededGenerator(seed: seed)
        self.init(seed: first.next() ^ 0x1234_5678_9ABC_DEF1)
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
