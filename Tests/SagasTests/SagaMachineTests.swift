import Commerce
import Foundation
import Messaging
import Sagas
import Testing

@Suite("Saga machine")
struct SagaMachineTests {
    private func trip() -> SagaHarness {
        SagaHarness(TripSaga.self, input: RawJSON(text: "\"rome\""))
    }

    private func booked() -> SagaHarness {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        saga.accept("1", #"{"id":"h1"}"#)
        saga.accept("2", #"{"id":"c1"}"#)
        return saga
    }

    @Test("goes from start to end, one command at a time")
    func happyPath() throws {
        var saga = booked()
        #expect(saga.sent == ["Book(1)", "Book(1)", "Book(1)"])
        #expect(saga.machine.saga.businessStatus == "booked")
        #expect(saga.machine.waitingOn?.name == "trip.confirmed")
        saga.deliver("trip.confirmed", #"{"trip":"rome","seats":2}"#)
        #expect(saga.machine.saga.pivoted)
        #expect(saga.machine.waitingOn?.kind == .timer)
        saga.advance(by: .days(1))
        #expect(saga.machine.waitingOn?.name == "Book")
        saga.accept("6", #"{"id":"t1"}"#)
        #expect(saga.status == .completed)
        #expect(saga.machine.saga.output?.text == "\"f1 h1 c1\"")
    }

    @Test("a refusal undoes the completed steps in reverse order, and only those")
    func compensation() {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        saga.refuse("1", "full")
        #expect(saga.status == .compensating)
        #expect(saga.sent.last == #"undo {"id":"f1"}(1)"#)
        saga.accept("0/undo")
        #expect(saga.status == .compensated)
        #expect(saga.machine.saga.error?.code == "full")
    }

    @Test("undos run one at a time, latest first")
    func undoOrder() {
        var saga = booked()
        saga.deliver("trip.cancelled", #"{"trip":"rome"}"#)
        #expect(saga.sent.last == #"undo {"id":"c1"}(1)"#)
        saga.accept("2/undo")
        #expect(saga.sent.last == #"undo {"id":"h1"}(1)"#)
        saga.accept("1/undo")
        saga.accept("0/undo")
        #expect(saga.status == .compensated)
        #expect(saga.sent.suffix(3) == [#"undo {"id":"c1"}(1)"#, #"undo {"id":"h1"}(1)"#, #"undo {"id":"f1"}(1)"#])
    }

    @Test("a duplicate reply, one of another attempt and one of another run change nothing")
    func duplicates() {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        let before = saga.machine.steps
        saga.accept("0", #"{"id":"other"}"#)
        saga.accept("1", #"{"id":"late"}"#, attempt: 7)
        saga.accept("1", #"{"id":"old"}"#, run: 0)
        #expect(saga.machine.steps == before)
        #expect(saga.sent.count == 2)
    }

    @Test("an event that came before its wait is taken, once")
    func earlyEvent() {
        var saga = trip()
        saga.deliver("trip.confirmed", #"{"trip":"rome","seats":1}"#)
        saga.accept("0", #"{"id":"f1"}"#)
        saga.accept("1", #"{"id":"h1"}"#)
        saga.accept("2", #"{"id":"c1"}"#)
        #expect(saga.machine.saga.pivoted)
        #expect(saga.machine.mailbox.first?.consumedPath == "3")
        #expect(saga.timers["3"] == nil)
    }

    @Test("an attempt that times out goes on; its late success is undone at once")
    func lateReply() {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        saga.accept("1", #"{"id":"h1"}"#)
        saga.advance(by: .minutes(6))
        #expect(saga.machine.steps["2"]?.status == .timedOut)
        #expect(saga.machine.waitingOn?.name == "trip.confirmed")
        saga.accept("2", #"{"id":"c9"}"#)
        #expect(saga.sent.last == #"undo {"id":"c9"}(1)"#)
        saga.accept("2/undo")
        saga.deliver("trip.confirmed", #"{"trip":"rome","seats":1}"#)
        saga.advance(by: .days(1))
        saga.accept("6", #"{"id":"t1"}"#)
        #expect(saga.machine.saga.output?.text == "\"f1 h1 none\"")
    }

    @Test("a refused attempt is an answer, not the end")
    func refusedAttempt() {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        saga.accept("1", #"{"id":"h1"}"#)
        saga.refuse("2")
        #expect(saga.machine.waitingOn?.name == "trip.confirmed")
        #expect(saga.timers["2"] == nil)
    }

    @Test("cancel awaits what is outstanding, then undoes it too")
    func cancel() throws {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        try saga.apply { try $0.apply(.cancel) }
        #expect(saga.status == .compensating)
        #expect(saga.sent == ["Book(1)", "Book(1)"])
        saga.accept("1", #"{"id":"h1"}"#)
        #expect(saga.sent.last == #"undo {"id":"h1"}(1)"#)
        saga.accept("1/undo")
        saga.accept("0/undo")
        #expect(saga.status == .cancelled)
    }

    @Test("past the pivot a cancel is refused and a refusal is for an operator")
    func pastPivot() throws {
        var saga = booked()
        saga.deliver("trip.confirmed", #"{"trip":"rome","seats":2}"#)
        #expect(throws: Refusal.self) { try saga.apply { try $0.apply(.cancel) } }
        saga.advance(by: .days(1))
        saga.refuse("6", "no_taxi")
        #expect(saga.status == .stuck)
        #expect(saga.machine.saga.stuckReason == "refused_after_pivot")
        try saga.apply { try $0.apply(.retry) }
        #expect(saga.sent.last == "Book(2)")
        saga.accept("6", #"{"id":"t2"}"#, attempt: 2)
        #expect(saga.status == .completed)
    }

    @Test("silence makes it stuck; the late reply, or a retry, gets it going")
    func noReply() throws {
        var saga = trip()
        saga.advance(by: .hours(2))
        saga.apply { $0.checkDeadlines() }
        #expect(saga.machine.saga.stuckReason == "no_reply")
        var retried = saga
        saga.accept("0", #"{"id":"f1"}"#)
        #expect(saga.status == .waiting)
        try retried.apply { try $0.apply(.retry) }
        retried.accept("0", #"{"id":"f1"}"#)
        #expect(retried.machine.steps["0"]?.status == .issued)
        retried.accept("0", #"{"id":"f2"}"#, attempt: 2)
        #expect(retried.machine.steps["0"]?.status == .completed)
    }

    @Test("a refused undo is stuck until an operator's retry")
    func refusedUndo() throws {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        saga.refuse("1")
        saga.refuse("0/undo", "gone")
        #expect(saga.machine.saga.stuckReason == "undo_refused")
        try saga.apply { try $0.apply(.retry) }
        saga.accept("0/undo", attempt: 2)
        #expect(saga.status == .compensated)
    }

    @Test("restart runs the same input again under the next run")
    func restart() throws {
        var saga = trip()
        saga.refuse("0")
        #expect(saga.status == .compensated)
        try saga.apply { try $0.apply(.restart) }
        #expect(saga.machine.saga.run == 2)
        saga.accept("0", #"{"id":"f1"}"#, run: 1)
        #expect(saga.machine.steps["0"]?.status == .issued)
        saga.accept("0", #"{"id":"f2"}"#)
        #expect(saga.machine.steps["1"]?.status == .issued)
    }

    @Test("a wait that runs out answers nil, and the saga decides")
    func waitTimesOut() {
        var saga = booked()
        saga.advance(by: .days(3))
        #expect(saga.status == .compensating)
        #expect(saga.machine.saga.error?.code == "not_confirmed")
    }

    @Test("a history the code does not follow diverges and changes nothing else")
    func divergence() {
        let saga = booked()
        var steps = Array(saga.machine.steps.values)
        let index = steps.firstIndex { $0.path == "1" }
        steps[index ?? 0].name = "SomethingElse"
        var machine = SagaMachine(
            saga.machine.saga, steps: steps, mailbox: [], definition: saga.definition, now: saga.now)
        machine.deliver(MailboxEntry(id: 1, type: "trip.confirmed", data: RawJSON(text: #"{"trip":"rome","seats":1}"#)))
        #expect(machine.saga.status == .diverged)
        #expect(machine.actions.isEmpty)
        #expect(Set(machine.steps.values.map(\.path)) == Set(steps.map(\.path)))
    }

    @Test("a timer fired by a replica whose clock is ahead is set again, not lost")
    func earlyTimer() {
        var saga = booked()
        let run = saga.machine.saga.run
        let dueAt = saga.timers["3"]
        saga.apply { $0.fireTimer(path: "3", run: run) }
        #expect(saga.machine.steps["3"]?.status == .issued)
        #expect(saga.timers["3"] == dueAt)
    }

    @Test("news of a retry that come after the reply change nothing")
    func lateNews() {
        var saga = trip()
        saga.refuse("0", "full")
        let address = saga.address("0")
        let news = CommandRetrying(
            attempt: 3, error: Refusal(code: "timeout", message: "slow"), nextAttemptAt: SagaHarness.start)
        saga.apply { $0.note(news, from: address) }
        #expect(saga.machine.steps["0"]?.error?.code == "full")
    }

    @Test("a cancel that awaits a silent command becomes stuck again rather than hang")
    func cancelOfSilence() throws {
        var saga = trip()
        saga.advance(by: .hours(2))
        saga.apply { $0.checkDeadlines() }
        try saga.apply { try $0.apply(.cancel) }
        #expect(saga.status == .compensating)
        saga.advance(by: .hours(2))
        saga.apply { $0.checkDeadlines() }
        #expect(saga.status == .stuck)
        try saga.apply { try $0.apply(.retry) }
        saga.accept("0", #"{"id":"f1"}"#, attempt: 2)
        saga.accept("0/undo")
        #expect(saga.status == .cancelled)
    }

    @Test("a refused undo is never skipped: a cancel stops at it too")
    func refusedUndoStops() throws {
        var saga = trip()
        saga.accept("0", #"{"id":"f1"}"#)
        saga.accept("1", #"{"id":"h1"}"#)
        saga.refuse("2", "none")
        saga.deliver("trip.cancelled", #"{"trip":"rome"}"#)
        saga.refuse("1/undo", "too_late")
        try saga.apply { try $0.apply(.cancel) }
        #expect(saga.machine.saga.stuckReason == "undo_refused")
        #expect(saga.machine.steps["0"]?.undo?.status == .recorded)
    }

    @Test("verbs are refused with what is possible instead", arguments: SagaStatus.allCases)
    func verbTable(status: SagaStatus) {
        var instance = SagaInstance(
            id: SagaID(), workspaceID: WorkspaceID(), name: "trip", key: "k", subject: nil,
            input: RawJSON(text: "\"x\""), actor: "test", startedAt: SagaHarness.start)
        instance.status = status
        for verb in SagaVerb.allCases {
            var machine = SagaMachine(
                instance, steps: [], mailbox: [], definition: SagaDefinition(TripSaga.self), now: SagaHarness.start)
            let allowed = SagaVerb.allowed(in: status, pivoted: false).contains(verb)
            let done = (try? machine.apply(verb)) != nil
            #expect(done == allowed)
        }
    }
}
