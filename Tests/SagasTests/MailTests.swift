import Commerce
import Foundation
import Messaging
import Testing

@testable import Sagas

@Suite("Mail that was loaded in part")
struct MailTests {
    /// Waits at `3` for a confirmation, a cancellation or two days; the mail behind entry 2 was left behind.
    private func trip(_ mailbox: [MailboxEntry]) throws -> SagaMachine {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        for path in ["0", "1", "2"] { try saga.accept(path, #"{"id":"x"}"#) }
        let machine = try saga.machine
        return SagaMachine(
            machine.saga, steps: Array(machine.steps.values), mailbox: mailbox, unread: UnreadMail(through: 2),
            definition: saga.definition, now: saga.now)
    }

    private func other(_ id: Int) -> MailboxEntry { MailboxEntry(id: id, type: "other", data: .emptyObject) }

    private func confirmation(_ id: Int) -> MailboxEntry {
        MailboxEntry(id: id, type: "trip.confirmed", data: RawJSON(text: #"{"trip":"rome","seats":\#(id)}"#))
    }

    @Test("is read on for what the saga waits for, until it is found or there is no more")
    func wanted() throws {
        var machine = try trip([other(1), other(2)])
        #expect(machine.wantedMail == ["trip.confirmed": 2, "trip.cancelled": 2])
        machine.add([MailPage(type: "trip.confirmed", entries: [], hasMore: false)])
        #expect(machine.wantedMail == ["trip.cancelled": 2])
        machine.add([MailPage(type: "trip.cancelled", entries: [], hasMore: false)])
        #expect(machine.wantedMail.isEmpty)
    }

    @Test("is read on from where the page ended")
    func further() throws {
        var machine = try trip([other(1), other(2)])
        let broken = MailboxEntry(id: 5, type: "trip.confirmed", data: .emptyObject)
        machine.add([MailPage(type: "trip.confirmed", entries: [broken], hasMore: true)])
        machine.wake()
        #expect(machine.wantedMail == ["trip.confirmed": 5, "trip.cancelled": 2])
        machine.add([MailPage(type: "trip.confirmed", entries: [confirmation(7)], hasMore: true)])
        machine.wake()
        #expect(machine.steps["3/0/0"]?.eventID == 7 && machine.wantedMail.isEmpty)
    }

    @Test("wants nothing while the saga does not go forward")
    func atRest() throws {
        var machine = try trip([other(1), other(2)])
        try machine.apply(.pause)
        #expect(machine.wantedMail.isEmpty)
    }

    @Test("an event that comes does not overtake those of its type that are not loaded")
    func signal() throws {
        var machine = try trip([other(1), other(2)])
        machine.deliver(confirmation(9))
        #expect(machine.steps["3/0/0"]?.status == .issued)
        machine.add([MailPage(type: "trip.confirmed", entries: [confirmation(4), confirmation(9)], hasMore: false)])
        machine.wake()
        #expect(machine.steps["3/0/0"]?.eventID == 4)
    }
}
