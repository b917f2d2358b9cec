import Commerce
import Foundation
import Messaging
import Sagas
import Testing

@Suite("Saga machine")
struct SagaMachineTests {
    private func trip() throws -> SagaScenario {
        try SagaScenario(TripSaga.self, input: "rome")
    }

    private func booked() throws -> SagaScenario {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.accept("1", #"{"id":"h1"}"#)
        try saga.accept("2", #"{"id":"c1"}"#)
        return saga
    }

    @Test("goes from start to end, one command at a time")
    func happyPath() throws {
        var saga = try booked()
        #expect(saga.log == ["Book(1)", "Book(1)", "Book(1)"])
        #expect(saga.businessStatus == "booked")
        #expect(try saga.machine.waitingOn?.name == "trip.confirmed")
        try saga.deliver("trip.confirmed", #"{"trip":"rome","seats":2}"#)
        #expect(try saga.machine.saga.pivoted)
        #expect(try saga.machine.waitingOn?.kind == .timer)
        try saga.advance(by: .days(1))
        #expect(try saga.machine.waitingOn?.name == "Book")
        try saga.accept("6", #"{"id":"t1"}"#)
        #expect(saga.status == .completed)
        #expect(saga.recorded.saga.output == "\"f1 h1 c1\"")
    }

    @Test("a refusal undoes the completed steps in reverse order, and only those")
    func compensation() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.refuse("1", "full")
        #expect(saga.status == .compensating)
        #expect(saga.log.last == #"undo {"id":"f1"}(1)"#)
        try saga.accept("0/undo")
        #expect(saga.status == .compensated)
        #expect(try saga.machine.saga.error?.code == "full")
    }

    @Test("undos run one at a time, latest first")
    func undoOrder() throws {
        var saga = try booked()
        try saga.deliver("trip.cancelled", #"{"trip":"rome"}"#)
        #expect(saga.log.last == #"undo {"id":"c1"}(1)"#)
        try saga.accept("2/undo")
        #expect(saga.log.last == #"undo {"id":"h1"}(1)"#)
        try saga.accept("1/undo")
        try saga.accept("0/undo")
        #expect(saga.status == .compensated)
        #expect(saga.log.suffix(3) == [#"undo {"id":"c1"}(1)"#, #"undo {"id":"h1"}(1)"#, #"undo {"id":"f1"}(1)"#])
    }

    @Test("a duplicate reply, one of another attempt and one of another run change nothing")
    func duplicates() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        let before = try saga.machine.steps
        try saga.accept("0", #"{"id":"other"}"#)
        try saga.accept("1", #"{"id":"late"}"#, attempt: 7)
        try saga.accept("1", #"{"id":"old"}"#, run: 0)
        #expect(try saga.machine.steps == before)
        #expect(saga.log.count == 2)
    }

    @Test("an event that came before its wait is taken, once")
    func earlyEvent() throws {
        var saga = try trip()
        try saga.deliver("trip.confirmed", #"{"trip":"rome","seats":1}"#)
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.accept("1", #"{"id":"h1"}"#)
        try saga.accept("2", #"{"id":"c1"}"#)
        #expect(try saga.machine.saga.pivoted)
        #expect(try saga.machine.mailbox.first?.consumedPath == "3/0/0")
        #expect(try saga.timers["3/2/0"] == nil)
    }

    @Test("an attempt that times out goes on; its late success is undone at once")
    func lateReply() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.accept("1", #"{"id":"h1"}"#)
        try saga.advance(by: .minutes(6))
        #expect(try saga.machine.steps["2"]?.status == .timedOut)
        #expect(try saga.machine.waitingOn?.name == "trip.confirmed")
        try saga.accept("2", #"{"id":"c9"}"#)
        #expect(saga.log.last == #"undo {"id":"c9"}(1)"#)
        try saga.accept("2/undo")
        try saga.deliver("trip.confirmed", #"{"trip":"rome","seats":1}"#)
        try saga.advance(by: .days(1))
        try saga.accept("6", #"{"id":"t1"}"#)
        #expect(saga.recorded.saga.output == "\"f1 h1 none\"")
    }

    @Test("a refused attempt is an answer, not the end")
    func refusedAttempt() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.accept("1", #"{"id":"h1"}"#)
        try saga.refuse("2")
        #expect(try saga.machine.waitingOn?.name == "trip.confirmed")
        #expect(try saga.timers["2"] == nil)
    }

    @Test("cancel awaits what is outstanding, then undoes it too")
    func cancel() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.apply(.cancel)
        #expect(saga.status == .compensating)
        #expect(saga.log == ["Book(1)", "Book(1)"])
        try saga.accept("1", #"{"id":"h1"}"#)
        #expect(saga.log.last == #"undo {"id":"h1"}(1)"#)
        try saga.accept("1/undo")
        try saga.accept("0/undo")
        #expect(saga.status == .cancelled)
    }

    @Test("past the pivot a cancel is refused and a refusal is for an operator")
    func pastPivot() throws {
        var saga = try booked()
        try saga.deliver("trip.confirmed", #"{"trip":"rome","seats":2}"#)
        #expect(throws: Refusal.self) { try saga.apply(.cancel) }
        try saga.advance(by: .days(1))
        try saga.refuse("6", "no_taxi")
        #expect(saga.status == .stuck)
        #expect(try saga.machine.saga.stuckReason == "refused_after_pivot")
        try saga.apply(.retry)
        #expect(saga.log.last == "Book(2)")
        try saga.accept("6", #"{"id":"t2"}"#, attempt: 2)
        #expect(saga.status == .completed)
    }

    @Test("silence makes it stuck; the late reply, or a retry, gets it going")
    func noReply() throws {
        var saga = try trip()
        try saga.advance(by: .hours(2))
        #expect(try saga.machine.saga.stuckReason == "no_reply")
        var retried = saga
        try saga.accept("0", #"{"id":"f1"}"#)
        #expect(saga.status == .waiting)
        try retried.apply(.retry)
        try retried.accept("0", #"{"id":"f1"}"#, attempt: 1)
        #expect(try retried.machine.steps["0"]?.status == .issued)
        try retried.accept("0", #"{"id":"f2"}"#, attempt: 2)
        #expect(try retried.machine.steps["0"]?.status == .completed)
    }

    @Test("a refused undo is stuck until an operator's retry")
    func refusedUndo() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.refuse("1")
        try saga.refuse("0/undo", "gone")
        #expect(try saga.machine.saga.stuckReason == "undo_refused")
        try saga.apply(.retry)
        try saga.accept("0/undo", attempt: 2)
        #expect(saga.status == .compensated)
    }

    @Test("restart runs the same input again under the next run")
    func restart() throws {
        var saga = try trip()
        try saga.refuse("0")
        #expect(saga.status == .failed)
        try saga.apply(.restart)
        #expect(try saga.machine.saga.run == 2)
        try saga.accept("0", #"{"id":"f1"}"#, run: 1)
        #expect(try saga.machine.steps["0"]?.status == .issued)
        try saga.accept("0", #"{"id":"f2"}"#)
        #expect(try saga.machine.steps["1"]?.status == .issued)
    }

    @Test("a wait that runs out answers nil, and the saga decides")
    func waitTimesOut() throws {
        var saga = try booked()
        try saga.advance(by: .days(2))
        #expect(saga.status == .compensating)
        #expect(try saga.machine.saga.error?.code == "not_confirmed")
    }

    @Test("a history the code does not follow diverges and changes nothing else")
    func divergence() throws {
        let saga = try booked()
        var steps = Array(try saga.machine.steps.values)
        let index = steps.firstIndex { $0.path == "1" }
        steps[index ?? 0].name = "SomethingElse"
        var machine = SagaMachine(
            try saga.machine.saga, steps: steps, mailbox: [], definition: saga.definition, now: saga.now)
        machine.deliver(MailboxEntry(id: 1, type: "trip.confirmed", data: RawJSON(text: #"{"trip":"rome","seats":1}"#)))
        #expect(machine.saga.status == .diverged)
        #expect(machine.actions.isEmpty)
        #expect(Set(machine.steps.values.map(\.path)) == Set(steps.map(\.path)))
    }

    @Test("a recorded result that cannot be read is told as such, not as another history")
    func unreadableResult() throws {
        let saga = try booked()
        var steps = Array(try saga.machine.steps.values)
        let index = try #require(steps.firstIndex { $0.path == "0" })
        steps[index].result = RawJSON(text: #"{"number":1}"#)
        var machine = SagaMachine(
            try saga.machine.saga, steps: steps, mailbox: [], definition: saga.definition, now: saga.now)
        machine.deliver(MailboxEntry(id: 1, type: "trip.confirmed", data: RawJSON(text: #"{"trip":"rome","seats":1}"#)))
        #expect(machine.saga.status == .stuck && machine.saga.stuckReason == "saga_error")
        #expect(machine.saga.error?.message.contains("the result of Book at 0 cannot be read") == true)
        #expect(machine.saga.businessStatus == "booked")
        #expect(machine.actions.isEmpty && Set(machine.steps.keys) == Set(steps.map(\.path)))
    }

    @Test("a timer fired by a replica whose clock is ahead is set again, not lost")
    func earlyTimer() throws {
        var saga = try booked()
        let run = saga.run
        try saga.activate { machine in
            machine.fireTimer(path: "3/2/0", run: run)
            #expect(machine.rearmed == ["3/2/0"])
        }
        #expect(try saga.machine.steps["3/2/0"]?.status == .issued)
    }

    @Test("news of a retry that come after the reply change nothing")
    func lateNews() throws {
        var saga = try trip()
        try saga.refuse("0", "full")
        let address = try saga.address("0")
        let news = CommandRetrying(
            attempt: 3, error: Refusal(code: "timeout", message: "slow"), nextAttemptAt: SagaScenario.epoch)
        try saga.activate { $0.note(news, from: address) }
        #expect(try saga.machine.steps["0"]?.error?.code == "full")
    }

    @Test("a cancel that awaits a silent command becomes stuck again rather than hang")
    func cancelOfSilence() throws {
        var saga = try trip()
        try saga.advance(by: .hours(2))
        try saga.apply(.cancel)
        #expect(saga.status == .compensating)
        try saga.advance(by: .hours(2))
        #expect(saga.status == .stuck)
        try saga.apply(.retry)
        try saga.accept("0", #"{"id":"f1"}"#, attempt: 2)
        try saga.accept("0/undo")
        #expect(saga.status == .cancelled)
    }

    @Test("a refused undo is never skipped: a cancel stops at it too")
    func refusedUndoStops() throws {
        var saga = try trip()
        try saga.accept("0", #"{"id":"f1"}"#)
        try saga.accept("1", #"{"id":"h1"}"#)
        try saga.refuse("2", "none")
        try saga.deliver("trip.cancelled", #"{"trip":"rome"}"#)
        try saga.refuse("1/undo", "too_late")
        try saga.apply(.cancel)
        #expect(try saga.machine.saga.stuckReason == "undo_refused")
        #expect(try saga.machine.steps["0"]?.undo?.status == .recorded)
    }

    @Test("verbs are refused with what is possible instead", arguments: SagaStatus.allCases)
    func verbTable(status: SagaStatus) throws {
        var instance = SagaInstance(
            id: SagaID(), workspaceID: WorkspaceID(), name: "trip", key: "k", subject: nil,
            input: RawJSON(text: "\"x\""), actor: "test", startedAt: SagaScenario.epoch)
        instance.status = status
        for order in orders {
            var machine = SagaMachine(
                instance, steps: [], mailbox: [], definition: SagaDefinition(TripSaga.self), now: SagaScenario.epoch)
            let allowed = SagaVerb.allowed(in: status, pivoted: false).contains(order.verb)
            do {
                try machine.apply(order)
                #expect(allowed)
            } catch let refusal as Refusal {
                #expect(allowed == (refusal.code == "unknown_step"))
            }
        }
    }

    private var orders: [SagaOrder] {
        [
            .pause, .resume, .retry, .cancel, .terminate, .restart, .signal,
            .skip(path: "0", result: .emptyObject, keepUndo: false), .fireTimer(path: "0"),
        ]
    }
}
