import Commerce
import SeededRandom
import Testing

@Suite("Fraction")
struct FractionTests {
    @Test(
        "is rounded half away from zero",
        arguments: [
            (1, 2, 0, 1), (-1, 2, 0, -1), (1, 3, 2, 33), (2, 3, 2, 67), (-5, 1000, 2, -1), (4, 1000, 2, 0),
            (5, 1, 3, 5000),
        ] as [(Int128, Int128, Int, Int64)])
    func rounding(numerator: Int128, denominator: Int128, digits: Int, units: Int64) throws {
        let rounded = try Fraction(numerator, over: denominator).rounded(digits: digits)
        #expect(try rounded.wholeUnits(digits: digits) == units)
    }

    @Test("reports overflow and a divisor that is not positive")
    func failures() throws {
        let large = Fraction(.max)
        #expect(throws: MoneyError.overflow) { try large.plus(Fraction(1)) }
        #expect(throws: MoneyError.overflow) { try Fraction(.min).minus(Fraction(1)) }
        #expect(throws: MoneyError.overflow) { try Fraction(0).minus(Fraction(.min)) }
        #expect(throws: MoneyError.overflow) { try large.times(Fraction(2)) }
        #expect(throws: MoneyError.overflow) { try large.rounded(digits: 2) }
        #expect(throws: MoneyError.overflow) { try large.wholeUnits(digits: 0) }
        #expect(throws: MoneyError.badWeights) { try Fraction(1).divided(by: Fraction(0)) }
        #expect(throws: MoneyError.badWeights) { try Fraction(1, over: -2) }
    }

    @Test("computes exactly")
    func property() throws {
        var random = SeededGenerator()
        for _ in 0..<2_000 {
            let (left, right) = (try fraction(&random), try fraction(&random))
            #expect(try left.plus(right).minus(right).reduced == left.reduced, "\(random)")
            if right.numerator > 0 {
                #expect(try left.times(right).divided(by: right).reduced == left.reduced, "\(random)")
            }
            let difference = try left.minus(right)
            #expect(try left.isLess(than: right) == (difference.numerator < 0), "\(random)")
        }
    }

    @Test("decimals are read and written as they are", arguments: ["0.00", "12.50", "-0.05", "7", "0.00000001"])
    func decimals(text: String) throws {
        #expect(try Fraction(decimal: text).decimalString == text)
        #expect(try Fraction(1, over: 3).decimalString == nil)
    }

    private func fraction(_ random: inout SeededGenerator) throws -> Fraction {
        try Fraction(
            .random(in: -1_000_000...1_000_000, using: &random),
            over: [1, 100, 1000, .random(in: 1...999, using: &random)].randomElement(using: &random) ?? 1)
    }
}
