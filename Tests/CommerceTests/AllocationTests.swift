import Commerce
import SeededRandom
import Testing

@Suite("Allocation")
struct AllocationTests {
    let usd = Currency(code: "USD")!

    @Test("cents left over go to the largest remainders, equal ones to the first")
    func examples() throws {
        let dollar = Money(minorUnits: 100, currency: usd)
        #expect(try dollar.allocate(parts: 3).map(\.minorUnits) == [34, 33, 33])
        #expect(try dollar.allocate(weights: [1, 0, 2]).map(\.minorUnits) == [33, 0, 67])
        #expect(try Money(minorUnits: -5, currency: usd).allocate(parts: 2).map(\.minorUnits) == [-3, -2])
        #expect(try Money(minorUnits: 0, currency: usd).allocate(parts: 2).map(\.minorUnits) == [0, 0])
        #expect(try Money(minorUnits: .min, currency: usd).allocate(weights: [1]).map(\.minorUnits) == [.min])
    }

    @Test("needs a positive weight and no negative one", arguments: [[], [0, 0], [3, -1]] as [[Int64]])
    func badWeights(weights: [Int64]) {
        #expect(throws: MoneyError.badWeights) { try Money(minorUnits: 1, currency: usd).allocate(weights: weights) }
    }

    @Test("shares always add up, keep the sign and stay within one cent of the exact share")
    func property() throws {
        var random = SeededGenerator()
        for round in 0..<2_000 {
            let limit: Int64 = round.isMultiple(of: 2) ? 10_000 : .max
            let money = Money(minorUnits: .random(in: -limit...limit, using: &random), currency: usd)
            let count = Int.random(in: 1...12, using: &random)
            let weights = [1] + (1..<count).map { _ in Int64.random(in: 0...limit, using: &random) }
            let shares = try money.allocate(weights: weights).map(\.minorUnits)
            let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
            #expect(shares.reduce(0, +) == money.minorUnits, "\(random)")
            for (share, weight) in zip(shares, weights) {
                let error = Int128(share) * total - Int128(money.minorUnits) * Int128(weight)
                #expect(error.magnitude < total.magnitude, "\(random)")
                #expect(weight > 0 || share == 0, "\(random)")
            }
        }
    }
}
