import Commerce
import Foundation
import Testing

@Suite("Warranty terms")
struct WarrantyTermsTests {
    private static let plan =
        #"{"id":"a","term":"P1Y","covers":["defect"],"remedies":["repair","replacement","refund"]}"#

    private func problem(_ json: String) -> ReturnPolicyProblem? {
        do {
            _ = try WarrantyTerms.reading(Data(json.utf8))
            return nil
        } catch {
            return error.first
        }
    }

    @Test("what is written is read again, with what was left out filled in")
    func roundTrip() throws {
        let terms = try WarrantyTerms.reading(
            Data(
                """
                {"time_zone":"America/New_York","currency":"USD","expiry":"P20D","reminders":["P5D"],"plans":[
                 {"id":"robes","skus":["MIE-ROBE-S"],"term":"P1Y","extended_term":"P30M","registration":"extends",
                  "covers":["seam"],"excludes":["wear"],"remedies":["repair","refund"],"anchor":"ordered",
                  "fallback":"review","evidence":true,"approval_limit":"200.00","claims_max":2},\(Self.plan)]}
                """.utf8))
        #expect(terms.plans[0].extendedTerm?.iso8601 == "P2Y6M" && terms.plans[1].comesBack)
        #expect(terms.plan(for: "MIE-ROBE-S")?.id == "robes" && terms.plan(for: "MUG")?.id == "a")
        #expect(try WarrantyTerms.reading(JSONEncoder().encode(terms)) == terms)
        let standard = try WarrantyTerms.reading(JSONEncoder().encode(WarrantyTerms.standard))
        #expect(standard == .standard)
    }

    @Test(
        "what is wrong is named with its place",
        arguments: [
            ("[]", ReturnPolicyProblem.Code.wrongType, ""), ("{", .notJSON, ""), ("{}", .missingMember, "plans"),
            (#"{"plans":[]}"#, .missingMember, "plans"),
            (#"{"plans":[\#(plan)],"plan":1}"#, .unknownMember, "plan"),
            (#"{"plans":[\#(plan)],"time_zone":"Mars"}"#, .unknownTimeZone, "time_zone"),
            (#"{"plans":[\#(plan)],"expiry":"P5D","reminders":["P5D"]}"#, .reminderAfterExpiry, "reminders[0]"),
            (#"{"plans":[\#(plan),\#(plan)]}"#, .duplicateID, "plans[1].id"),
            (
                #"{"plans":[\#(plan),{"id":"b","term":"P1Y","covers":["x"],"remedies":["refund"]}]}"#,
                .unreachableRule, "plans[1].skus"
            ),
            (
                #"{"plans":[{"id":"a","term":"1 year","covers":["x"],"remedies":["refund"]}]}"#, .badDuration,
                "plans[0].term"
            ),
            (#"{"plans":[{"id":"a","term":"P1Y","covers":[],"remedies":["refund"]}]}"#, .badValue, "plans[0].covers"),
            (#"{"plans":[{"id":"a","term":"P1Y","covers":["x"],"remedies":[]}]}"#, .badValue, "plans[0].remedies"),
            (
                #"{"plans":[{"id":"a","term":"P1Y","covers":["x"],"remedies":["gift"]}]}"#, .unknownChoice,
                "plans[0].remedies[0]"
            ),
            (
                #"{"plans":[{"id":"a","term":"P1Y","covers":["x"],"excludes":["x"],"remedies":["refund"]}]}"#,
                .contradictoryRules, "plans[0].excludes"
            ),
            (
                #"{"plans":[{"id":"a","term":"P1Y","covers":["x"],"remedies":["repair"],"comes_back":false}]}"#,
                .contradictoryRules, "plans[0].remedies"
            ),
            (
                #"{"plans":[{"id":"a","term":"P1Y","covers":["x"],"remedies":["refund"],"registration":"extends"}]}"#,
                .missingMember, "plans[0].extended_term"
            ),
            (
                """
                {"plans":[{"id":"a","term":"P1Y","covers":["x"],"remedies":["refund"],"registration":"extends",
                 "extended_term":"P12M"}]}
                """, .badDuration, "plans[0].extended_term"
            ),
        ])
    func wrong(json: String, code: ReturnPolicyProblem.Code, field: String) {
        let problem = problem(json)
        #expect(problem?.code == code && problem?.field == field, "\(String(describing: problem))")
    }

    @Test(
        "terms are calendar spans",
        arguments: [
            ("P1Y", "2024-02-29", "2025-02-28"), ("P4Y", "2024-02-29", "2028-02-29"),
            ("P1M", "2025-01-31", "2025-02-28"),
            ("P13M", "2023-01-31", "2024-02-29"), ("P90D", "2024-12-15", "2025-03-15"),
            ("P2W", "2025-12-25", "2026-01-08"),
            ("P1Y1M1D", "2023-12-31", "2025-02-01"), ("P100Y", "2000-03-01", "2100-03-01"),
        ])
    func spans(term: String, from: String, to: String) throws {
        let term = try #require(CalendarTerm(iso8601: term))
        #expect(try term.lastDay(from: #require(ShopDay(from))).description == to)
    }

    @Test(
        "what is no span is none",
        arguments: ["", "P", "P0D", "1Y", "PT1H", "P-1Y", "P1.5Y", "P1D1Y", "P1Y ", "P101Y", "P123456D", "P٣Y"])
    func noSpan(text: String) {
        #expect(CalendarTerm(iso8601: text) == nil)
    }
}
