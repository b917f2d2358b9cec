import Commerce
import Foundation
import Messaging
import Sagas
import Testing

@Suite("Branches of a saga")
struct BranchTests {
    private func booked(_ id: String) -> String { #"{"id":"\#(id)"}"# }

    @Test("all runs its branches side by side and gives their results in the order of the code")
    func all() throws {
        var saga = try SagaScenario(BothSaga.self, input: "x")
        #expect(saga.outstanding.map(\.path) == ["0/0/0", "0/1/0"])
        try saga.accept("0/1/0", booked("h"))
        try saga.accept("0/1/1", booked("r"))
        try saga.accept("0/0/0", booked("f"))
        #expect(try saga.output(String.self) == "f h/r")
        #expect(saga.undoList == ["Unbook", "Unbook", "Unbook"])
    }

    @Test(
        "when a branch of all refuses, the others begin nothing new, are awaited, and everything is undone in reverse")
    func allRefused() throws {
        var saga = try SagaScenario(BothSaga.self, input: "x")
        try saga.refuse("0/0/0", "full")
        #expect(saga.status == .waiting)
        try saga.accept("0/1/0", booked("h"))
        #expect(!saga.log.contains("Book(1) room"))
        #expect(saga.sent.count == 3)
        #expect(saga.log.last == #"undo {"id":"h"}(1)"#)
        try saga.expectCompensation("Unbook")
        #expect(saga.status == .compensated)
        #expect(saga.error?.code == "full")
    }

    @Test("of several refusals the first recorded is the one that counts")
    func firstRefusal() throws {
        var saga = try SagaScenario(EachSaga.self, input: ["a", "b", "c"])
        try saga.refuse("0/2/0", "third")
        try saga.refuse("0/0/0", "first")
        try saga.accept("0/1/0", booked("b"))
        try saga.expectCompensation("Unbook")
        #expect(saga.error?.code == "third")
    }

    @Test("undo follows the order of replies, not of branches")
    func undoBySeq() throws {
        var saga = try SagaScenario(EachSaga.self, input: ["a", "b", "c"])
        try saga.accept("0/2/0", booked("c"))
        try saga.accept("0/0/0", booked("a"))
        try saga.refuse("0/1/0")
        #expect(saga.log.last == #"undo {"id":"a"}(1)"#)
        try saga.expectCompensation("Unbook", "Unbook")
        #expect(saga.log.last == #"undo {"id":"c"}(1)"#)
    }

    @Test("race goes on with the winner at once, undoes what losers did, and ends only when they are settled")
    func race() throws {
        var saga = try SagaScenario(FirstSaga.self, input: "x")
        try saga.accept("0/1/0", booked("s"))
        try saga.accept("0/0/0", booked("b"))
        #expect(saga.log.contains(#"Book(1)"#))
        #expect(try saga.timers.isEmpty)
        #expect(try saga.machine.saga.pivoted)
        #expect(try saga.machine.steps["0/1/1"]?.status == .cancelled)
        try saga.accept("2", booked("t"))
        #expect(saga.status == .waiting, "the train is not answered yet")
        try saga.accept("0/1/1", booked("train"))
        #expect(saga.log.last == #"undo {"id":"train"}(1)"#)
        try saga.expectCompensation("Unbook", "Unbook")
        #expect(saga.log.last == #"undo {"id":"s"}(1)"#)
        #expect(saga.status == .completed)
        #expect(try saga.output(String.self) == "b")
    }

    @Test("a refusal ends its branch and can win the race")
    func refusedWinner() throws {
        var saga = try SagaScenario(FirstSaga.self, input: "x")
        try saga.accept("0/1/0", booked("s"))
        try saga.refuse("0/0/0", "no_bus")
        #expect(saga.status == .waiting, "the loser's train is awaited first")
        try saga.refuse("0/1/1")
        try saga.expectCompensation("Unbook")
        #expect(saga.status == .compensated)
        #expect(saga.error?.code == "no_bus")
    }

    @Test("a branch without operations wins at once, and what the others began never leaves")
    func emptyBranch() throws {
        struct Instant: Saga {
            static let name = "instant"
            func run(_ saga: SagaContext, _ x: String) throws -> String {
                try saga.race({ try $0.perform(Book(what: "slow")).id }, { _ in "fast" })
            }
        }
        let saga = try SagaScenario(Instant.self, input: "x")
        #expect(saga.sent.isEmpty)
        #expect(try saga.output(String.self) == "fast")
    }

    @Test("replies that came during a pause decide a race by their order, not by the branches'")
    func pausedRace() throws {
        var saga = try SagaScenario(FirstSaga.self, input: "x")
        try saga.accept("0/1/0", booked("s"))
        try saga.apply(.pause)
        try saga.accept("0/1/1", booked("train"))
        try saga.accept("0/0/0", booked("b"))
        #expect(saga.status == .paused)
        try saga.apply(.resume)
        #expect(saga.log.last == #"undo {"id":"b"}(1)"#)
        try saga.accept("2", booked("t"))
        try saga.expectCompensation("Unbook")
        #expect(try saga.output(String.self) == "train")
    }

    @Test("using the context outside a branch is caught, and the saga waits for a corrected build")
    func misuse() throws {
        let saga = try SagaScenario(MisusingSaga.self, input: "x")
        #expect(saga.stuckReason == "saga_error")
        #expect(saga.sent.isEmpty)
    }
}
