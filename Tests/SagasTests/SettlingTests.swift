import Commerce
import Foundation
import Messaging
import Sagas
import Testing

/// What the seeded simulation has found, told as single cases.
@Suite("What a saga settles before it goes on")
struct SettlingTests {
    private func booked(_ id: String) -> String { #"{"id":"\#(id)"}"# }

    @Test("a race that is decided within the winning branch is settled in the same activation")
    func nestedRace() throws {
        var saga = try SagaScenario(NestedRaceSaga.self, input: "x")
        try saga.accept("0/0/0/0/0", booked("bus"))
        #expect(saga.steps.first { $0.path == "0/0/0/1/0" }?.lost == true)
        #expect(saga.status == .waiting)
        try saga.accept("0/0/0/1/0", booked("train"))
        #expect(saga.log.last == #"undo {"id":"train"}(1)"#)
        try saga.accept("0/0/0/1/0/undo")
        #expect(try saga.output(String.self) == "bus")
    }

    @Test("a race that is decided within a branch of all is settled before the saga ends")
    func raceWithinAll() throws {
        var saga = try SagaScenario(RaceWithinAllSaga.self, input: "x")
        try saga.accept("0/0/0/1/0", booked("train"))
        #expect(saga.steps.first { $0.path == "0/0/0/0/0" }?.lost == true)
        #expect(saga.status == .waiting)
        try saga.refuse("0/0/0/0/0")
        #expect(try saga.output(String.self) == "train")
    }

    @Test("after the pivot nothing is left to undo, save for what a race still gives up")
    func pivot() throws {
        var saga = try SagaScenario(ForwardSaga.self, input: "x")
        try saga.accept("1", booked("hotel"))
        try saga.accept("2/1/0", booked("seat"))
        #expect(saga.undoList.isEmpty)
        try saga.accept("2/0/0", booked("bus"))
        let undos = saga.sent.filter(\.isUndo)
        #expect(undos.isEmpty, "what the loser has outstanding is awaited first")
        try saga.refuse("2/1/1")
        #expect(saga.log.last == #"undo {"id":"seat"}(1)"#)
        try saga.accept("2/1/0/undo")
        #expect(try saga.output(String.self) == "bus")
    }

    @Test("an event published in the activation that continues as new is published, and no other in its place")
    func publishBeforeContinuing() throws {
        var saga = try SagaScenario(RelaySaga.self, input: 0)
        try saga.refuse("0")
        try saga.accept("1", booked("baton"))
        #expect(saga.run == 2)
        #expect(saga.published.map(\.data.text) == [#"{"round":0}"#])
    }

    @Test("the next run begins only when a late success of this one is undone")
    func undoBeforeContinuing() throws {
        var saga = try SagaScenario(RelaySaga.self, input: 0)
        try saga.advance(by: .minutes(2))
        try saga.accept("0", booked("slow"))
        try saga.accept("1", booked("baton"))
        #expect(saga.run == 1)
        #expect(saga.status == .waiting)
        try saga.accept("0/undo")
        #expect(saga.run == 2)
        #expect(saga.published.count == 1)
    }

    @Test("a saga whose results were only read has not changed")
    func readingIsNoChange() throws {
        var saga = try SagaScenario(ForwardSaga.self, input: "x")
        try saga.accept("1", booked("hotel"))
        let stored = try saga.machine
        var again = stored
        again.wake()
        #expect(!again.differs(from: stored))
    }

    @Test("news of a try that comes while the saga is stuck shows in its error")
    func newsWhileStuck() throws {
        var saga = try SagaScenario(RelaySaga.self, input: 0)
        try saga.refuse("0")
        try saga.advance(by: .hours(2))
        #expect(saga.stuckReason == "no_reply")
        let news = CommandRetrying(
            attempt: 2, error: Refusal(code: "busy", message: "too many calls"), nextAttemptAt: saga.now)
        let address = try saga.address("1")
        try saga.activate { $0.note(news, from: address) }
        #expect(saga.error?.message.contains("too many calls") == true)
    }
}
