import Foundation
import Testing

@testable import Messaging

@Suite("Kill plan")
struct KillPlanTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "kill-\(UUID())").path

    @Test("a line names a point, how often it kills and how often at most; other points are left alone")
    func rules() throws {
        let text = "provider-acted 20 6\ntimers-claimed 1 2\ncompensating soon 2\ncommitted-not-acknowledged 0 2\n"
        let rule = try #require(KillPlan.Rule(for: .providerActed, in: text))
        #expect(rule.oneIn == 20)
        #expect(rule.limit == 6)
        #expect(KillPlan.Rule(for: .timersClaimed, in: text)?.limit == 2)
        #expect(KillPlan.Rule(for: .outboxCommitted, in: text) == nil)
        #expect(KillPlan.Rule(for: .compensating, in: text) == nil)
        #expect(KillPlan.Rule(for: .committed, in: text) == nil)
    }

    @Test("a point has as many deaths as its limit, over all processes, each on record")
    func limit() throws {
        let plans = [KillPlan(path: path), KillPlan(path: path)]
        defer { try? FileManager.default.removeItem(atPath: "\(path).hits") }
        #expect(plans[0].take(.committed, limit: 2))
        #expect(plans[0].take(.compensating, limit: 2))
        #expect(plans[1].take(.committed, limit: 2))
        #expect(!plans[0].take(.committed, limit: 2))
        let record = try String(contentsOfFile: "\(path).hits", encoding: .utf8)
        let points = record.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(points == ["committed-not-acknowledged", "compensating", "committed-not-acknowledged"])
    }

    @Test("without a plan a point lets the process live")
    func unarmed() {
        for point in KillPoint.allCases { point.reach() }
        KillPlan(path: path).reach(.committed)
        #expect(!FileManager.default.fileExists(atPath: "\(path).hits"))
    }
}
