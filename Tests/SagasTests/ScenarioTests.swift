import Foundation
import Messaging
import Sagas
import Testing

/// The kit itself, as the README teaches it.
@Suite("The scenario that tests of sagas are written in")
struct ScenarioTests {
    private func booked() throws -> SagaScenario {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.reply(to: Book.self, .init(id: "f1"))
        try saga.reply(to: Book.self, .init(id: "h1"))
        return saga
    }

    @Test("silence lasts exactly as long as the step's time, and a success that comes later is undone")
    func silence() throws {
        var saga = try booked()
        #expect(try saga.expect(Book.self).what == "car")
        try saga.timeOut(Book.self)
        #expect(saga.now == SagaScenario.epoch.addingTimeInterval(300))
        try saga.expectWait(for: Confirmed.self)
        try saga.replyLate(to: Book.self, .init(id: "c9"))
        #expect(try saga.expectUndo(Unbook.self).id == "c9")
        try saga.undone(Unbook.self, Done())
        try saga.expectNothing()
        try saga.expect(.waiting)
    }

    @Test("an undo is looked at, refused, and done when it is sent again")
    func undo() throws {
        var saga = try booked()
        try saga.refuse(Book.self, "none_left")
        try saga.deliver(Cancelled(trip: "rome"))
        #expect(try saga.expectUndo(Unbook.self).id == "h1")
        try saga.refuseUndo(Unbook.self, "too_late")
        try saga.expect(.stuck)
        #expect(saga.stuckReason == "undo_refused")
        try saga.apply(.retry)
        try saga.undone(Unbook.self, Done())
        #expect(try saga.expectUndo(Unbook.self).id == "f1")
        try saga.undone(Unbook.self, Done())
        try saga.expect(.compensated)
    }

    @Test("what is expected and not so fails the test, and changes nothing")
    func failures() throws {
        var saga = try booked()
        #expect(throws: SagaScenarioFailure.self) { try saga.expectNothing() }
        #expect(throws: SagaScenarioFailure.self) { try saga.expect(.completed) }
        #expect(throws: SagaScenarioFailure.self) { try saga.expectWait(for: Confirmed.self) }
        #expect(throws: SagaScenarioFailure.self) { try saga.expectUndo(Unbook.self) }
        #expect(throws: SagaScenarioFailure.self) { try saga.refuseUndo(Unbook.self) }
        #expect(throws: SagaScenarioFailure.self) { try saga.replyLate(to: Book.self, .init(id: "c9")) }
        #expect(try saga.expect(Book.self).what == "car")
    }
}
