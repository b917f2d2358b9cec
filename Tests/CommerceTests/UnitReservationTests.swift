import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("Units of an order line")
struct UnitReservationTests {
    @Test("a return takes the lowest free numbers, and freed ones are taken again first")
    func lowest() {
        var line = UnitReservation(quantity: 5)
        let first = line.reserve(2)
        #expect(first?.numbers == [1, 2])
        #expect(line.reserve(1)?.numbers == [3])
        line.release(first ?? UnitNumbers())
        #expect(line.taken.numbers == [3])
        #expect(line.reserve(3)?.numbers == [1, 2, 4])
        #expect(line.free.numbers == [5])
    }

    @Test("nothing is taken when there is not enough, or nothing is asked for", arguments: [-1, 0, 3, Int.max])
    func refused(count: Int) {
        var line = UnitReservation(quantity: 4, taken: UnitNumbers([2, 3]))
        #expect(line.reserve(count) == nil)
        #expect(line.taken.numbers == [2, 3])
    }

    @Test("numbers are a list in JSON")
    func json() throws {
        let units = UnitNumbers([5, 1, 2, 2, -7, 0])
        #expect(String(decoding: try JSONEncoder().encode(units), as: UTF8.self) == "[1,2,5]")
        #expect(try JSONDecoder().decode(UnitNumbers.self, from: Data("[2,5,1]".utf8)) == units)
    }

    @Test("behave as sets do")
    func property() {
        var random = SeededGenerator()
        for _ in 0..<2_000 {
            let (left, right) = (numbers(&random), numbers(&random))
            let (ours, theirs) = (UnitNumbers(left), UnitNumbers(right))
            #expect(ours.union(theirs).numbers == left.union(right).sorted(), "\(random)")
            #expect(ours.subtracting(theirs).numbers == left.subtracting(right).sorted(), "\(random)")
            #expect(ours.isDisjoint(with: theirs) == left.isDisjoint(with: right), "\(random)")
            #expect(ours.count == left.count && ours.last == (left.max() ?? 0), "\(random)")
            var line = UnitReservation(quantity: 12, taken: ours)
            let free = Set(1...12).subtracting(left).sorted()
            let count = Int.random(in: 1...12, using: &random)
            #expect(
                line.reserve(count)?.numbers == (count <= free.count ? Array(free.prefix(count)) : nil), "\(random)")
        }
    }

    private func numbers(_ random: inout SeededGenerator) -> Set<Int> {
        Set((1...12).filter { _ in Bool.random(using: &random) })
    }
}
