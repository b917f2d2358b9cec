import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("Warranty coverage")
struct WarrantyCoverageTests {
    private func moment(_ text: String) throws -> Date { try #require(Timestamp(text: text).date) }

    private func terms(_ change: (inout WarrantyPlan) -> Void = { _ in }) throws -> WarrantyTerms {
        var plan = WarrantyPlan(
            id: "p", term: .year, covers: ["defect"], remedies: [.repair, .replacement, .refund])
        plan.excludes = ["misuse"]
        change(&plan)
        return WarrantyTerms(plans: [plan])
    }

    private func facts(
        at now: String = "2025-06-01T00:00:00Z", _ change: (inout WarrantyFacts) throws -> Void = { _ in }
    ) throws -> WarrantyFacts {
        var facts = WarrantyFacts(now: try moment(now), sku: "ROBE", problem: "defect", isSoldHere: true)
        facts.orderedAt = try moment("2025-01-01T12:00:00Z")
        facts.deliveredAt = try moment("2025-01-05T12:00:00Z")
        try change(&facts)
        return facts
    }

    @Test("first and last day are covered by the workspace's clock, the day after is not")
    func edges() throws {
        var terms = try terms()
        let covered = try terms.coverage(of: facts(at: "2026-01-05T23:59:59Z"))
        #expect(covered.outcome == .approved && covered.covered == true && covered.reasons.isEmpty)
        #expect(covered.startsOn == ShopDay("2025-01-05") && covered.endsOn == ShopDay("2026-01-05"))
        let late = try terms.coverage(of: facts(at: "2026-01-06T00:00:00Z"))
        #expect(late.outcome == .rejected && late.covered == false && late.reasons.map(\.code) == [.expired])
        // Still the last day in New York.
        terms.timeZone = "America/New_York"
        #expect(try terms.coverage(of: facts(at: "2026-01-06T04:59:59Z")).outcome == .approved)
        #expect(try terms.coverage(of: facts(at: "2026-01-06T05:00:00Z")).outcome == .rejected)
    }

    @Test("where the delivery is not known the order's day counts, or a person decides, as the plan says")
    func fallback() throws {
        let unknown = try facts { $0.deliveredAt = nil }
        #expect(try terms().coverage(of: unknown).startsOn == ShopDay("2025-01-01"))
        let reviewed = try terms { $0.fallback = .review }.coverage(of: unknown)
        #expect(reviewed.outcome == .inReview && reviewed.covered == nil && reviewed.startsOn == nil)
        #expect(reviewed.reasons.map(\.code) == [.startUnknown])
        #expect(try terms { $0.anchor = .ordered }.coverage(of: facts()).startsOn == ShopDay("2025-01-01"))
        let nothing = try facts { ($0.deliveredAt, $0.orderedAt) = (nil, nil) }
        #expect(try terms().coverage(of: nothing).reasons.map(\.code) == [.startUnknown])
    }

    @Test("a registration lengthens the term if it was made within it")
    func extended() throws {
        let terms = try terms {
            $0.registration = .extends
            $0.extendedTerm = CalendarTerm(months: 24)
        }
        func coverage(registered day: String) throws -> WarrantyCoverage {
            try terms.coverage(
                of: facts(at: "2026-12-01T00:00:00Z") { facts in
                    facts.registration = .init(
                        purchasedOn: try #require(ShopDay("2025-01-01")), registeredOn: try #require(ShopDay(day)),
                        isVerified: true)
                })
        }
        #expect(try coverage(registered: "2026-01-05").endsOn == ShopDay("2027-01-05"))
        #expect(try coverage(registered: "2026-01-06").outcome == .rejected)
        #expect(try terms.coverage(of: facts(at: "2026-12-01T00:00:00Z")).outcome == .rejected)
    }

    @Test("what speaks against a claim is named with the member it is about")
    func objections() throws {
        let cases: [(WarrantyReason.Code, String, (inout WarrantyPlan) -> Void, (inout WarrantyFacts) -> Void)] = [
            (.noPlan, "sku", { $0.skus = ["MUG"] }, { _ in }),
            (.problemExcluded, "problem", { _ in }, { $0.problem = "misuse" }),
            (.unknownProblem, "problem", { _ in }, { $0.problem = "noise" }),
            (.registrationRequired, "registration_id", { $0.registration = .required }, { _ in }),
            (.evidenceRequired, "evidence", { $0.needsEvidence = true }, { _ in }),
            (.claimsExhausted, "order_id", { $0.claimsMax = 2 }, { $0.earlierClaims = 2 }),
            (.remedyNotOffered, "remedy", { $0.remedies = [.refund] }, { $0.remedy = .repair }),
            (.remedyNotOffered, "remedy", { $0.remedies = [.refund] }, { $0.isSoldHere = false }),
        ]
        for (code, field, plan, change) in cases {
            let coverage = try terms(plan).coverage(of: facts { change(&$0) })
            #expect(coverage.outcome == .rejected && coverage.reasons.map(\.code) == [code])
            #expect(coverage.reasons.first?.code.field == field)
        }
    }

    @Test("what is dear, unproven or of somebody else's sale goes to a person with every reason")
    func doubts() throws {
        let terms = try terms { $0.approvalLimit = ReturnAmount("50") }
        let usd = try #require(Currency(code: "USD"))
        func codes(_ change: (inout WarrantyFacts) -> Void) throws -> [WarrantyReason.Code] {
            try terms.coverage(of: facts { change(&$0) }).reasons.map(\.code)
        }
        #expect(try codes { $0.value = Money(minorUnits: 5000, currency: usd) } == [])
        #expect(try codes { $0.value = Money(minorUnits: 5001, currency: usd) } == [.overApprovalLimit])
        #expect(try codes { _ in } == [.valueUnknown])
        let elsewhere = try terms.coverage(
            of: facts { facts in
                facts.isSoldHere = false
                let day = try #require(ShopDay("2025-03-01"))
                facts.registration = .init(purchasedOn: day, registeredOn: day, isVerified: false)
            })
        #expect(elsewhere.reasons.map(\.code) == [.unverifiedProof, .boughtElsewhere])
        #expect(elsewhere.remedies == [.replacement] && elsewhere.startsOn == ShopDay("2025-03-01"))
    }

    @Test("what is wished comes first, the rest in the plan's order")
    func remedies() throws {
        #expect(try terms().coverage(of: facts { $0.remedy = .refund }).remedies == [.refund, .repair, .replacement])
    }

    @Test("a claim is covered exactly from its first to its last day, whatever the term, the zone and the year")
    func property() throws {
        var random = SeededGenerator()
        let zones = ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Europe/Berlin"]
        for _ in 0..<2_000 {
            let months = Int.random(in: 0...130, using: &random)
            let days = Int.random(in: (months == 0 ? 1 : 0)...400, using: &random)
            let term = try #require(CalendarTerm(months: months, days: days))
            var terms = try terms { $0.term = term }
            terms.timeZone = try #require(zones.randomElement(using: &random))
            let second = Double(Int.random(in: 0...2_000_000_000, using: &random))
            let delivered = Date(timeIntervalSince1970: second)
            let claimed = delivered.addingTimeInterval(Double(Int.random(in: 0...400_000_000, using: &random)))
            var facts = WarrantyFacts(now: claimed, sku: "ROBE", problem: "defect", isSoldHere: true)
            facts.deliveredAt = delivered
            let coverage = terms.coverage(of: facts)
            let (start, end) = (try #require(coverage.startsOn), try #require(coverage.endsOn))
            let day = terms.calendar.day(of: claimed)
            #expect(start == terms.calendar.day(of: delivered) && start < end, "\(random)")
            #expect((coverage.covered == true) == (start...end).contains(day), "\(random)")
            #expect((coverage.outcome == WarrantyCoverage.Outcome.approved) == (start...end).contains(day), "\(random)")
            // A longer term never ends earlier, and a month of it is 28 to 31 days.
            let length = end.number - start.number - days
            #expect((months * 28...months * 31).contains(length), "\(random)")
            #expect(CalendarTerm(iso8601: term.iso8601) == term, "\(random)")
        }
    }
}
