import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("The bonus of a refund that is taken as store credit")
struct StoreCreditBonusTests {
    /// In ten-thousandths of a percent.
    private static let percents: [(text: String, scaled: Int64)] = [
        ("0", 0), ("5", 50_000), ("12.5", 125_000), ("33.3333", 333_333), ("99.9999", 999_999), ("100", 1_000_000),
    ]

    /// Half away from zero, and nothing where nothing is given back.
    private func expected(_ given: Int64, of total: Int64, _ scaled: Int64, flat: Int64, max: Int64?) -> Int64 {
        guard total > 0 else { return 0 }
        let bonus = (2 * given * scaled + 1_000_000) / 2_000_000 + flat
        return min(bonus, max ?? bonus)
    }

    private func calculate(
        _ order: RefundOrder, in currency: Currency, givenBefore: Int64?, _ bonus: StoreCreditBonus?
    ) throws -> RefundResult {
        var policy = RefundPolicy(originalShipping: .always)
        policy.storeCreditBonus = bonus
        let lines = order.lines.map { ReturnedLine(lineID: $0.id, units: UnitNumbers(upTo: $0.quantity)) }
        return try RefundCalculation.result(
            for: RefundRequest(
                currency: currency, order: order, lines: lines,
                givenBefore: givenBefore.map { Money(minorUnits: $0, currency: currency) }, policy: policy))
    }

    @Test(
        "is the percentage of what is given back, rounded, with the amount, up to the limit; all else stays the same",
        arguments: 0..<400)
    func arithmetic(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let currency = [MoneyTests.usd, MoneyTests.jpy].randomElement(using: &random) ?? MoneyTests.usd
        let world = RandomOrder(currency: currency)
        let order = world.order(&random)
        let (text, scaled) = Self.percents.randomElement(using: &random) ?? Self.percents[0]
        let flat = Bool.random(using: &random) ? Int64.random(in: 0...2_000, using: &random) : nil
        let max = Bool.random(using: &random) ? Int64.random(in: 0...3_000, using: &random) : nil
        let before = Int.random(in: 0..<4, using: &random) == 0 ? Int64.random(in: 1...500, using: &random) : nil
        let bonus = StoreCreditBonus(
            percent: Percentage(try #require(ReturnPercent(text))), amount: flat.map(world.money),
            max: max.map(world.money))
        let plain = try calculate(order, in: currency, givenBefore: before, nil)
        let result = try calculate(order, in: currency, givenBefore: before, bonus)

        let wanted = expected(
            plain.givenInAll, of: plain.total.minorUnits, scaled, flat: flat ?? 0, max: max)
        #expect(result.storeCreditBonus?.minorUnits == wanted, "seed \(seed)")
        #expect(plain.storeCreditBonus == nil && !plain.jsonText.contains("bonus"))
        #expect(result.total == plain.total && result.tenders == plain.tenders && result.capped == plain.capped)
        let entry = LedgerEntry.refundRequested(result, cause: "r")
        #expect(entry == LedgerEntry.refundRequested(plain, cause: "r"))

        let figures = try result.derivation.evaluate()
        let shown = try #require(figures[DerivationName(.storeCreditBonus)])
        #expect(try shown.wholeUnits(digits: currency.exponent) == wanted)
        let read = try JSONDecoder().decode(RefundResult.self, from: Data(result.jsonText.utf8))
        #expect(read.storeCreditBonus == result.storeCreditBonus)
        #expect(try read.derivation.misstatedFigures().isEmpty)
    }

    @Test("is a line of its own in both explanations, behind the refund")
    func explained() throws {
        let flat = StoreCreditBonus(amount: Money(minorUnits: 500, currency: MoneyTests.usd))
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let order = RandomOrder(currency: MoneyTests.usd).order(&random)
            let result = try calculate(order, in: MoneyTests.usd, givenBefore: nil, flat)
            guard result.total.minorUnits > 0 else { continue }
            let customer = try result.explanation(for: .customer)
            #expect(customer.lines.last?.label == "Bonus for store credit" && customer.lines.last?.amount == "5.00")
            #expect(customer.amount == result.total.decimalString)
            let staff = try result.explanation(for: .staff)
            #expect(staff.lines.contains { $0.label == "Bonus for store credit" && $0.amount == "5.00" })
            return
        }
        Issue.record("no order gives anything back")
    }

    @Test("posted, it balances and moves no tender")
    func posting() {
        let entry = LedgerEntry.bonusGranted(Money(minorUnits: 745, currency: MoneyTests.usd), cause: "rfd_1")
        #expect(entry.isBalanced && entry.postings.allSatisfy { $0.tender == nil })
        #expect(entry.postings.map(\.account) == [.bonus, .storeCredit])
    }

    @Test("is decided by a rule, kept with the decision, and given to store credit alone")
    func decided() throws {
        let policy = try makePolicy(
            #""resolutions":["original_payment","store_credit"],"rules":[{"id":"b","when":{},"then":"#
                + #"{"store_credit_incentive":{"percent":"10","amount":"2.50","max":"25"}}}]"#)
        #expect(policy.idle.isEmpty)
        let decision = policy.decide { $0.request.resolution = .storeCredit }
        let read = try JSONDecoder().decode(ReturnDecision.self, from: JSONEncoder().encode(decision))
        #expect(read == decision)
        let bonus = try #require(
            try decision.refundPolicy(in: MoneyTests.usd, as: .storeCredit).storeCreditBonus)
        #expect(bonus.amount == usd("2.50") && bonus.max == usd("25.00") && "\(bonus.percent)" == "10")
        #expect(try decision.refundPolicy(in: MoneyTests.usd, as: .originalPayment).storeCreditBonus == nil)
        let sentence = "Taken as store credit, the refund comes with a bonus of 10 % and 2.50, at most 25 USD."
        #expect(decision.explanation.customerText.contains(sentence))
        #expect(!policy.decide { $0.request.resolution = .originalPayment }.explanation.customerText.contains("bonus"))
    }

    @Test("in another currency it is not given, and somebody looks at it where store credit was chosen")
    func currencies() throws {
        let policy = try makePolicy(
            #""currency":"EUR","resolutions":["original_payment","store_credit"],"rules":[{"id":"b","when":{},"then":"#
                + #"{"store_credit_incentive":{"percent":"10","max":"25"}}}]"#)
        let chosen = policy.decide { $0.request.resolution = .storeCredit }
        #expect(chosen.storeCreditBonus == nil && chosen.outcome == .inReview)
        #expect(chosen.reasons.map(\.code) == [.currencyDiffers] && chosen.reasons.map(\.rule) == ["b"])
        #expect(policy.decide { $0.request.resolution = .originalPayment }.outcome == .approved)
    }

    @Test(
        "what is nothing, or too fine for the currency, is refused with its place",
        arguments: [
            (#"{}"#, .missingMember, ""), (#"{"max":"5"}"#, .missingMember, ""),
            (#"{"percent":"101"}"#, .badPercentage, ".percent"), (#"{"amount":"1.999"}"#, .badAmount, ".amount"),
            (#"{"percent":"5","max":"1.999"}"#, .badAmount, ".max"), (#""5""#, .wrongType, ""),
        ] as [(String, ReturnPolicyProblem.Code, String)])
    func refused(bonus: String, code: ReturnPolicyProblem.Code, place: String) {
        let reading = ReturnPolicy.reading(
            policyJSON(
                #""currency":"USD","rules":[{"id":"b","when":{},"then":{"store_credit_incentive":\#(bonus)}}]"#))
        #expect(reading.errors.map(\.code) == [code])
        #expect(reading.errors.map(\.field) == ["rules[0].then.store_credit_incentive\(place)"])
    }
}
