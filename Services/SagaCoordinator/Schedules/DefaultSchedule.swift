import Commerce
import Contracts
import Foundation
import Messaging

/// The schedules every workspace has from the start; an operator may change when they run.
struct DefaultSchedule: Sendable {
    var name: String
    var command: String
    var owner: ServiceName
    var interval: Duration
    var policy: SchedulePolicy

    static let all = [
        DefaultSchedule(PollWarehouse.self, "poll-warehouse", every: .seconds(15)),
        DefaultSchedule(PollWarehouseReturns.self, "poll-warehouse-returns", every: .minutes(5)),
        DefaultSchedule(FindUnownedSalesOrders.self, "find-unowned-sales-orders", every: .seconds(60)),
    ]

    // LIMIT: a poll that a provider's outage holds up does not hold up the next for longer.
    private static let replyWithin = Duration.minutes(1)

    private init<C: Command>(_: C.Type, _ name: String, every interval: Duration) {
        self.name = name
        self.interval = interval
        policy = SchedulePolicy(overlap: .skip, replyWithin: Self.replyWithin)
        command = C.name
        owner = C.owner
    }
}
