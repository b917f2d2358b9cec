import Commerce
import Contracts
import Foundation
import Messaging

/// The schedules every workspace has: fixed intervals, each sends one command.
struct DefaultSchedule: Sendable {
    var name: String
    var command: String
    var owner: ServiceName
    var interval: Duration

    static let all = [
        DefaultSchedule(PollWarehouse.self, "poll-warehouse", every: .seconds(15)),
        DefaultSchedule(FindUnownedSalesOrders.self, "find-unowned-sales-orders", every: .seconds(60)),
    ]

    private init<C: Command>(_: C.Type, _ name: String, every interval: Duration) {
        self.name = name
        self.interval = interval
        command = C.name
        owner = C.owner
    }
}
