import Commerce
import Contracts
import Foundation
import Messaging

/// What the owner of a schedule's command says of a firing.
struct ScheduleNews: Sendable {
    var address: ScheduleAddress
    var status: Schedule.Outcome.Status
    var error: String?

    // LIMIT: what an operator reads in a line; the dead letter has the rest.
    private static let errorMax = 500

    init(_ address: ScheduleAddress, _ status: Schedule.Outcome.Status, _ refusal: Refusal? = nil) {
        self.address = address
        self.status = status
        // WHY: a provider's words may hold what the database does not take.
        error = refusal.map { refusal in
            String(String.UnicodeScalarView(refusal.description.unicodeScalars.filter { $0.value >= 32 }))
        }.map { String($0.prefix(Self.errorMax)) }
    }

    init(_ address: ScheduleAddress, _ reply: CommandReply) {
        switch reply {
        case .accepted: self.init(address, .done)
        case .refused(let refusal): self.init(address, .refused, refusal)
        }
    }

    /// Notes all of them; a firing that has waited for an answer goes out with the same commit.
    static func note(_ news: [ScheduleNews], in transaction: HandlerTransaction) async throws {
        guard !news.isEmpty else { return }
        let ids = Set(news.map(\.address.scheduleID))
        for var schedule in try await ScheduleStore.lock(Array(ids), in: transaction.database) {
            for item in news where item.address.scheduleID == schedule.id {
                let outcome = Schedule.Outcome(status: item.status, error: item.error, at: transaction.now)
                try transaction.send(schedule.note(outcome, of: item.address.firing), of: schedule)
            }
            ScheduleStore.save(schedule, in: transaction.database)
        }
    }
}
