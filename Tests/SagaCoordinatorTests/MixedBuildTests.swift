import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Sagas
import Testing

@testable import SagaCoordinator

/// In a rolling deploy replicas of two builds take turns on one saga, whose code has changed between them.
@Suite("A build that another's history is news to", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct MixedBuildTests {
    private let newer = CoordinatorBench.newer

    @Test("leaves the saga to the build that has just written it, which takes the message when it comes again")
    func leavesIt() async throws {
        try await CoordinatorBench.run { bench in
            let ask = try await bench.process([bench.start("errand", "k")], replica: newer).first(Ask.name)
            let begun = try await bench.saga("errand", "k")
            let reply = try bench.reply(to: ask, "{}")
            bench.clock.advance(by: SagaMachine.otherBuildGrace - .seconds(1))
            await #expect(throws: ForeignHistory.self) { try await bench.process([reply]) }
            let left = try await bench.saga("errand", "k")
            #expect(left.status == "waiting" && left.version == begun.version && left.buildID == "newer")
            let sent = try await bench.process([reply], replica: newer)
            #expect(sent.named(Fetch.name).count == 1)
        }
    }

    @Test("tells the truth when the other's last word on it is long ago")
    func longAgo() async throws {
        try await CoordinatorBench.run { bench in
            let ask = try await bench.process([bench.start("errand", "k")], replica: newer).first(Ask.name)
            bench.clock.advance(by: SagaMachine.otherBuildGrace)
            try await bench.process([try bench.reply(to: ask, "{}")])
            let saga = try await bench.saga("errand", "k")
            #expect(saga.status == "diverged" && saga.buildID == "test")
        }
    }

    @Test("tells the truth at once of a history of its own")
    func own() async throws {
        try await CoordinatorBench.run { bench in
            let ask = try await bench.process([bench.start("errand", "k")], replica: newer).first(Ask.name)
            let id = try await bench.saga("errand", "k").id
            try await bench.change("UPDATE saga_coordinator.sagas SET build_id = 'test' WHERE id = \(id.uuid)")
            try await bench.process([try bench.reply(to: ask, "{}")])
            #expect(try await bench.saga("errand", "k").status == "diverged")
        }
    }

    @Test("leaves an operator's retry, too, and a timer; a look at the deadlines goes on")
    func verbsAndTimers() async throws {
        try await CoordinatorBench.run { bench in
            let ask = try await bench.process([bench.start("errand", "k")], replica: newer).first(Ask.name)
            let id = try await bench.saga("errand", "k").id
            let pause = SagaInput.verb(OperateSaga(sagaID: id, verb: .pause, reason: "test"))
            let resume = SagaInput.verb(OperateSaga(sagaID: id, verb: .resume, reason: "test"))
            try await bench.process([pause], replica: newer)
            await #expect(throws: ForeignHistory.self) { try await bench.process([resume]) }
            try await bench.process([resume], replica: newer)
            let fetch = try await bench.process([try bench.reply(to: ask, "{}")], replica: newer).first(Fetch.name)
            bench.clock.advance(by: .hours(2))
            try await bench.process([.deadlines(id)])
            #expect(try await bench.saga("errand", "k").stuckReason == "no_reply")
            try await bench.process([try bench.reply(to: fetch)], replica: newer)
            bench.clock.advance(by: .days(1))
            try await bench.change(
                "UPDATE saga_coordinator.sagas SET updated_at = \(bench.clock.now) WHERE id = \(id.uuid)")
            await #expect(throws: ForeignHistory.self) { try await bench.process(try await bench.dueTimers()) }
        }
    }

    @Test("leaves an undo that only the other knows")
    func undo() async throws {
        try await CoordinatorBench.run { bench in
            let ask = try await bench.process([bench.start("errand", "k")], replica: newer).first(Ask.name)
            let fetch = try await bench.process([try bench.reply(to: ask, "{}")], replica: newer).first(Fetch.name)
            let id = try await bench.saga("errand", "k").id
            try await bench.process(
                [.verb(OperateSaga(sagaID: id, verb: .cancel, reason: "test"))], replica: newer)
            let reply = try bench.reply(to: fetch)
            await #expect(throws: ForeignHistory.self) { try await bench.process([reply]) }
            #expect(try await bench.process([reply], replica: newer).named(BringBack.name).count == 1)
        }
    }

    @Test("the row tells which build saved which versions, and says nothing where there was only one")
    func formerBuilds() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            let began = bench.clock.now
            bench.clock.advance(by: .minutes(1))
            let first = try await bench.saga("errand", "k")
            #expect(first.buildID == "test" && first.formerBuilds == nil)
            try await bench.process([try bench.reply(to: fetch)], replica: newer)
            let second = try await bench.saga("errand", "k")
            #expect(second.buildID == "newer")
            try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))])
            let third = try await bench.saga("errand", "k")
            #expect(third.status == "completed" && third.buildID == "test")
            let former: [FormerBuild] = try RawJSON(text: try #require(third.formerBuilds)).decode()
            #expect(former.map(\.buildID) == ["test", "newer"])
            #expect(former.map(\.version) == [first.version, second.version])
            #expect(former.first?.until == began)
        }
    }

    @Test("of very many turns the row keeps the last")
    func manyTurns() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.process([bench.start("errand", "k")])
            let id = try await bench.saga("errand", "k").id
            let pause = SagaInput.verb(OperateSaga(sagaID: id, verb: .pause, reason: "test"))
            let resume = SagaInput.verb(OperateSaga(sagaID: id, verb: .resume, reason: "test"))
            for _ in 0..<27 {
                try await bench.process([pause], replica: newer)
                try await bench.process([resume], replica: 0)
            }
            let text = try #require(try await bench.saga("errand", "k").formerBuilds)
            let former: [FormerBuild] = try RawJSON(text: text).decode()
            let saga = try await bench.saga("errand", "k")
            #expect(former.count == 50 && former.last?.version == saga.version - 1)
        }
    }
}

private struct FormerBuild: Decodable {
    var buildID: String
    var version: Int
    var until: Date

    enum CodingKeys: String, CodingKey {
        case version, until
        case buildID = "build_id"
    }
}
