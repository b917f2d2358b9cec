import Commerce
import Contracts
import Foundation
import Postgres
import Sagas
import Testing

@testable import Messaging
@testable import SagaCoordinator

/// In a rolling deploy an older replica takes messages for sagas that only the newer have code for.
@Suite("A build that does not know a saga", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct OlderBuildTests {
    private let older = CoordinatorBench.older

    @Test("does not swallow a reply or a timer: a newer replica takes them")
    func leavesThem() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            let reply = try bench.reply(to: fetch)
            await #expect(throws: UnknownSaga.self) { try await bench.process([reply], replica: older) }
            try await bench.process([reply])
            bench.clock.advance(by: .days(1))
            let due = try await bench.dueTimers()
            #expect(due.count == 1)
            await #expect(throws: UnknownSaga.self) { try await bench.process(due, replica: older) }
            try await bench.process(due)
            #expect(try await bench.saga("errand", "k").status == "compensating")
        }
    }

    @Test("does not owe again what it cannot know, nor answer for a child or its cancel")
    func leavesTheRest() async throws {
        try await CoordinatorBench.run { bench in
            let start = try await bench.process([bench.start("outer", "o", "\"c\"")]).first(ChildMessage.start)
            #expect(throws: UnknownSaga.self) { try bench.olderCatalog.inputs(of: start) }
            let fetch = try await bench.process(try bench.catalog.inputs(of: start)).first(Fetch.name)
            let reply = try bench.replyEnvelope(to: fetch)
            await #expect(throws: UnknownSaga.self) {
                try await bench.deliver([reply], repeated: true, replica: older)
            }
            let parent = try await bench.saga("outer", "o").id
            let cancel = try await bench.process([.verb(OperateSaga(sagaID: parent, verb: .cancel, reason: "test"))])
                .first(ChildMessage.cancel)
            await #expect(throws: UnknownSaga.self) {
                try await bench.process(try bench.olderCatalog.inputs(of: cancel), replica: older)
            }
        }
    }

    @Test("says so to an operator; news are dropped, or giving up on them would make more of them")
    func verbsAndNews() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            let id = try await bench.saga("errand", "k").id
            let verb = SagaInput.verb(OperateSaga(sagaID: id, verb: .pause, reason: "test"))
            guard case .refused(let refusal)? = try await bench.answer(to: verb, replica: older) else {
                Issue.record("the verb was not refused")
                return
            }
            #expect(refusal.code == "unknown_saga" && refusal.message.contains("'errand'"))
            let address = try #require(SagaAddress(fetch.attributes))
            let news = CommandDeadLettered(error: Refusal(code: "exhausted", message: "given up"))
            try await bench.process([.deadLettered(address, news)], replica: older)
            #expect(try await bench.saga("errand", "k").status == "waiting")
        }
    }
}
