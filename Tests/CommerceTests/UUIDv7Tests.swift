import Foundation
import Testing

@testable import Commerce

@Suite("UUIDv7")
struct UUIDv7Tests {
    @Test("carries the milliseconds, version 7 and the RFC variant")
    func layout() {
        let digits = UUIDv7.make(at: Date(timeIntervalSince1970: 1_645_557_742)).hexDigits
        #expect(digits.hasPrefix("017f22e279b0"))
        #expect(digits.dropFirst(12).first == "7")
        #expect("89ab".contains(digits.dropFirst(16).first ?? " "))
    }

    @Test("tasks that make them at the same time never make the same")
    func concurrent() async {
        let all = await withTaskGroup(of: [UUID].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<2_000).map { _ in UUIDv7.make() } }
            }
            return await group.reduce(into: [UUID]()) { $0 += $1 }
        }
        #expect(Set(all).count == 16_000)
    }

    @Test("the sequence increases through full counters and a clock that steps back")
    func sequence() {
        var sequence = UUIDv7Sequence()
        var last: (UInt64, UInt16) = (0, 0)
        for index in 0..<20_000 {
            let next = sequence.next(at: index < 10_000 ? 5_000 : 1_000)
            #expect(next > last)
            last = next
        }
    }
}
