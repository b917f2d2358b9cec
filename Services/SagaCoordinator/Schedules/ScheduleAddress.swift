import Commerce
import Messaging

/// A firing as its command's owner answers it: like a step of a saga, at an address that no saga has.
///
/// So the owner stores one answer for each firing and sends it as often as the command comes, and tells of tries that
/// failed and of the dead letter, with nothing of its own for schedules. A coordinator of a build that knows no such
/// addresses finds no saga and leaves the answer; the firing then counts as `no_reply` in time.
struct ScheduleAddress: Hashable, Sendable {
    var scheduleID: ScheduleID
    var firing: Int

    /// Steps have paths of numbers.
    private static let path = "schedule"

    init(_ schedule: Schedule, _ firing: Schedule.Firing) {
        scheduleID = schedule.id
        self.firing = firing.number
    }

    /// Nil for the address of a saga's step.
    init?(_ address: SagaAddress) {
        guard address.path == Self.path else { return nil }
        scheduleID = ScheduleID(uuid: address.sagaID.uuid)
        firing = address.run
    }

    var wire: SagaAddress {
        SagaAddress(sagaID: SagaID(uuid: scheduleID.uuid), run: firing, path: Self.path, attempt: 1)
    }
}

extension HandlerTransaction {
    /// Owes the commands of firings.
    /// - Parameter actor: who makes it fire; nil for the schedule itself.
    func send(_ firings: [Schedule.Firing], of schedule: Schedule, actor: String? = nil) throws {
        for firing in firings {
            let context = MessageContext(
                workspaceID: schedule.workspaceID, actor: actor ?? "schedule:\(schedule.name)")
            send(
                try messages.command(
                    name: schedule.command, owner: schedule.owner, data: schedule.data, subject: nil, context: context,
                    saga: ScheduleAddress(schedule, firing).wire))
        }
    }
}
