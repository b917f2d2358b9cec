import Commerce
import Contracts
import Foundation
import Postgres
import Sagas
import Testing

@testable import Messaging
@testable import SagaCoordinator

extension Tag {
    @Tag static var postgres: Self
}

@Suite("Saga coordinator on Postgres", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct CoordinatorTests {
    @Test("a saga goes from start to end, and leaves its history")
    func straight() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            #expect(try await bench.process([try bench.reply(to: fetch)]).isEmpty)
            #expect(try await bench.saga("errand", "k").timers == 1)
            let sent = try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))])
            let saga = try await bench.saga("errand", "k")
            #expect(saga.status == "completed" && saga.output == "\"1\"" && saga.steps == 3 && saga.timers == 0)
            #expect(saga.buildID == "test")
            #expect(sent.named(Fetched.type).count == 1)
        }
    }

    @Test("mail that comes before its saga, and with its start, is not lost")
    func earlyMail() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))])
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch)])
            #expect(try await bench.saga("errand", "k").status == "completed")
        }
    }

    @Test("a repeated start finds the saga; a repeated reply sends again what is outstanding, under the same id")
    func repeated() async throws {
        try await CoordinatorBench.run { bench in
            let start = try Envelope(
                {
                    var attributes = Envelope.Attributes(
                        id: "start-1", type: StartSaga.name, source: "test", workspaceid: bench.workspaceID)
                    attributes.actor = "ops@example.com"
                    return attributes
                }(), data: RawJSON(encoding: StartSaga(saga: "errand", key: "k", input: "\"x\"")))
            let first = try await bench.deliver([start]).first(Fetch.name)
            let again = try await bench.deliver([start], repeated: true).first(Fetch.name)
            #expect(first.attributes.id == again.attributes.id)
            #expect(first.attributes.id.hasSuffix("/1/0/1"))
            #expect(try await bench.process([bench.start("errand", "k")]).named(Fetch.name).isEmpty)
        }
    }

    @Test("two replicas take turns on one saga, and neither believes its own memory")
    func replicas() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")], replica: 0).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch)], replica: 1)
            try await bench.process([try bench.reply(to: fetch, #"{"id":"second"}"#)], replica: 0)
            try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))], replica: 0)
            #expect(try await bench.saga("errand", "k").output == "\"1\"")
        }
    }

    @Test("a due timer ends the wait; its compensation brings back what was fetched")
    func timer() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch)])
            bench.clock.advance(by: .days(1))
            let undo = try await bench.process(try await bench.dueTimers()).first(BringBack.name)
            #expect(try await bench.saga("errand", "k").status == "compensating")
            try await bench.process([try bench.reply(to: undo, "{}")])
            #expect(try await bench.saga("errand", "k").status == "compensated")
        }
    }

    @Test("silence is noticed by the deadline, and a pause takes the timers away")
    func deadlinesAndPause() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            let id = try await bench.saga("errand", "k").id
            bench.clock.advance(by: .hours(2))
            try await bench.process([.deadlines(id)])
            #expect(try await bench.saga("errand", "k").stuckReason == "no_reply")
            try await bench.process([try bench.reply(to: fetch)])
            try await bench.process([.verb(OperateSaga(sagaID: id, verb: .pause, reason: "test"))])
            #expect(try await bench.saga("errand", "k").timers == 0)
            try await bench.process([.verb(OperateSaga(sagaID: id, verb: .resume, reason: "test"))])
            #expect(try await bench.saga("errand", "k").timers == 1)
        }
    }

    @Test("the audit log says which operation was answered by hand, and with what")
    func auditedSkip() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.process([bench.start("errand", "k")])
            let id = try await bench.saga("errand", "k").id
            bench.clock.advance(by: .hours(2))
            try await bench.process([.deadlines(id)])
            var skip = OperateSaga(sagaID: id, verb: .skip, reason: "asked by telephone")
            (skip.path, skip.result, skip.keepUndo) = ("0", #"{"id":"f"}"#, true)
            try await bench.process([.verb(skip)])
            let told = try #require(try await bench.audit(id).last)
            #expect(told.action == "saga.skip" && told.reason == "asked by telephone")
            struct After: Decodable {
                var path, result: String
                var keepUndo: Bool

                enum CodingKeys: String, CodingKey {
                    case path, result
                    case keepUndo = "keep_undo"
                }
            }
            let after: After = try RawJSON(text: told.after).decode()
            #expect(after.path == "0" && after.keepUndo && after.result == #"{"id":"f"}"#)
        }
    }

    @Test("a child ends its parent's step; cancelling the parent cancels the child it started")
    func children() async throws {
        try await CoordinatorBench.run { bench in
            let start = try await bench.process([bench.start("outer", "o", "\"c\"")]).first(ChildMessage.start)
            let fetch = try await bench.process(try bench.catalog.inputs(of: start)).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch)])
            let end = try await bench.process([try bench.mail("errand", "c", Rang(who: "c"))]).first(CommandReply.type)
            try await bench.process(try bench.catalog.inputs(of: end))
            #expect(try await bench.saga("outer", "o").output == "\"1\"")

            let second = try await bench.process([bench.start("outer", "p", "\"d\"")]).first(ChildMessage.start)
            let asked = try await bench.process(try bench.catalog.inputs(of: second)).first(Fetch.name)
            let parent = try await bench.saga("outer", "p").id
            let cancel = try await bench.process([.verb(OperateSaga(sagaID: parent, verb: .cancel, reason: "test"))])
            try await bench.process(try bench.catalog.inputs(of: cancel.first(ChildMessage.cancel)))
            #expect(try await bench.saga("errand", "d").status == "compensating")
            let told = try await bench.process([try bench.refuse(asked)])
            #expect(try await bench.saga("errand", "d").status == "cancelled")
            try await bench.process(try bench.catalog.inputs(of: told.first(CommandReply.type)))
            #expect(try await bench.saga("outer", "p").status == "cancelled")
        }
    }

    @Test("a child asked for by a parent that was cancelled meanwhile is not started")
    func unwantedChild() async throws {
        try await CoordinatorBench.run { bench in
            let start = try await bench.process([bench.start("outer", "o", "\"c\"")]).first(ChildMessage.start)
            let parent = try await bench.saga("outer", "o").id
            try await bench.process([.verb(OperateSaga(sagaID: parent, verb: .cancel, reason: "test"))])
            let answer = try await bench.process(try bench.catalog.inputs(of: start)).first(CommandReply.type)
            try await bench.process(try bench.catalog.inputs(of: answer))
            #expect(try await bench.saga("outer", "o").status == "cancelled")
            #expect(try await !bench.exists("errand", "c"))
        }
    }

    @Test("an exported history comes back paused, replays, and goes on when resumed")
    func importHistory() async throws {
        try await CoordinatorBench.run { bench in
            var scenario = try SagaScenario(ErrandSaga.self, key: "elsewhere", input: "bread")
            try scenario.reply(to: Fetch.self, .init(id: "f"))
            let history = try RawJSON(encoding: scenario.recorded).text
            try await bench.process([.imported(ImportSaga(history: history, reason: "test"))])
            let saga = try await bench.saga("errand", "elsewhere")
            #expect(saga.status == "paused" && saga.timers == 0)
            try await bench.process([.verb(OperateSaga(sagaID: saga.id, verb: .resume, reason: "test"))])
            try await bench.process([try bench.mail("errand", "elsewhere", Rang(who: "elsewhere"))])
            #expect(try await bench.saga("errand", "elsewhere").output == "\"f\"")
        }
    }

    @Test("what runs on to a moment while an imported saga is at rest has its timer")
    func importTimers() async throws {
        try await CoordinatorBench.run { bench in
            let asleep = try SagaScenario(NapSaga.self, input: bench.clock.now + 7200, at: bench.clock.now)
            var napping = asleep
            try napping.advance(by: .hours(2))
            var diverged = napping.recorded
            diverged.saga.key = "diverged"
            diverged.saga.status = "diverged"
            for history in [asleep.recorded, diverged] {
                let text = try RawJSON(encoding: history).text
                try await bench.process([.imported(ImportSaga(history: text, reason: "test"))])
            }
            #expect(try await bench.saga("nap", "key").timers == 1)
            let saga = try await bench.saga("nap", "diverged")
            #expect(saga.status == "diverged" && saga.timers == 1)
            bench.clock.advance(by: .hours(3))
            let due = try await bench.dueTimers()
            #expect(due.count == 2)
            try await bench.process(due)
            try await bench.process([.verb(OperateSaga(sagaID: saga.id, verb: .retry, reason: "test"))])
            #expect(try await bench.saga("nap", "diverged").output == "\"awake\"")
        }
    }

    @Test("a parent's cancel waits for its diverged child")
    func divergedChild() async throws {
        try await CoordinatorBench.run { bench in
            let start = try await bench.process([bench.start("outer", "o", "\"c\"")]).first(ChildMessage.start)
            let fetch = try await bench.process(try bench.catalog.inputs(of: start)).first(Fetch.name)
            let (parent, child) = (try await bench.saga("outer", "o").id, try await bench.saga("errand", "c").id)
            try await bench.change(
                "UPDATE saga_coordinator.sagas SET status = 'diverged', version = 99 WHERE id = \(child.uuid)")
            let cancel = try await bench.process([.verb(OperateSaga(sagaID: parent, verb: .cancel, reason: "test"))])
            try await bench.process(try bench.catalog.inputs(of: cancel.first(ChildMessage.cancel)))
            #expect(try await bench.saga("errand", "c").status == "diverged")
            try await bench.process([.verb(OperateSaga(sagaID: child, verb: .retry, reason: "test"))])
            #expect(try await bench.saga("errand", "c").status == "compensating")
            let told = try await bench.process([try bench.refuse(fetch)])
            try await bench.process(try bench.catalog.inputs(of: told.first(CommandReply.type)))
            #expect(try await bench.saga("outer", "o").status == "cancelled")
        }
    }

    @Test("an event or a start too large for a history is refused at the door")
    func oversized() async throws {
        try await CoordinatorBench.run { bench in
            let large = String(repeating: "x", count: SagaBounds.payloadMax)
            let event = try Envelope(
                .init(id: "e", type: Rang.type, source: "test", workspaceid: bench.workspaceID),
                data: RawJSON(encoding: Rang(who: large)))
            #expect(throws: MalformedMessage.self) { try bench.catalog.inputs(of: event) }
            let start = try Envelope(
                .init(id: "s", type: StartSaga.name, source: "test", workspaceid: bench.workspaceID),
                data: RawJSON(encoding: StartSaga(saga: "errand", key: "k", input: "\"\(large)\"")))
            #expect(throws: Refusal.self) { try bench.catalog.inputs(of: start) }
        }
    }

    @Test("text that jsonb refuses passes through a history")
    func hostileText() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k", #""a\u0000b""#)]).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch, #"{"id":"\u0000'); DROP"}"#)])
            try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))])
            #expect(try await bench.saga("errand", "k").status == "completed")
        }
    }
}
