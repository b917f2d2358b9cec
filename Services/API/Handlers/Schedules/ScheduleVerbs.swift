import Commerce
import Contracts
import Messaging
import Postgres

/// What callers do to schedules, in their name: asks the coordinator, and answers with the schedule as it is then.
struct ScheduleVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    /// - Parameter command: made for the schedule that the path names.
    /// Failure: 404; 409 with what is possible now; 422 with the field that is wrong; 503 without an answer.
    func carryOut<C: Command>(
        _ request: APIRequest, _ command: (ScheduleID) throws -> C
    ) async throws -> ScheduleReader.Schedule {
        let id = try await schedule(request).id
        let outcome = try await sender.send(command(id), subject: id.description, for: request)
        let now = try await schedule(request)
        if case .refused(let refusal) = outcome, refusal.code == "in_flight" {
            throw Problem(refusal, allowed: now.allowedVerbs.filter { $0 != "run" })
        }
        _ = try outcome.answered(allowed: now.allowedVerbs)
        return now
    }

    private func schedule(_ request: APIRequest) async throws -> ScheduleReader.Schedule {
        let id = try request.id(ScheduleID.self)
        guard let schedule = try await ScheduleReader.find(id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return schedule
    }
}
