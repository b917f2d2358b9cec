import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// A saga as the api sees it, with the steps of its current run unless an earlier one was asked for.
struct SagaRecord: Sendable {
    var id: SagaID
    var name: String
    var key: String
    var run: Int
    var subject: String?
    var status: String
    var businessStatus: String?
    var waitingOn: WaitingOn?
    /// JSON texts, as the saga recorded them.
    var input: String
    var output: String?
    var error: String?
    var stuckReason: String?
    var pivoted: Bool
    /// Why it is being undone: `refusal` or `cancel`.
    var compensation: String?
    /// A JSON text: what operators search by.
    var attributes: String
    var pausedAt: Date?
    /// The build of the coordinator that saved it last.
    var buildID: String?
    /// A JSON text: the builds before, oldest first.
    var formerBuilds: String?
    var startedAt: Date
    var updatedAt: Date
    var steps: [Step] = []
    /// Events that no `wait` has taken yet; read with a single saga only.
    var mailbox: [MailReader.Mail] = []
    /// Read with a single saga only.
    var effects: SagaEffects?

    struct WaitingOn: Sendable {
        var kind: String
        var name: String
        var since: Date?
        var until: Date?
    }

    struct Step: Sendable {
        var path: String
        var kind: String
        var name: String
        var status: String
        /// Its place in the order of results.
        var seq: Int?
        var owner: String?
        /// Which of the operators' tries is the last.
        var attempt: Int
        /// Tries of operators and, within them, of the owner.
        var attempts: Int
        var error: String?
        var result: String?
        var undo: Undo?
        /// Why it cannot go on by itself while it is open.
        var trouble: String?
        /// Belongs to a branch that lost its race.
        var lost: Bool
        var eventType: String?
        /// When it ends by itself; when silence makes the saga stuck.
        var dueAt: Date?
        var deadlineAt: Date?
        var startedAt: Date
        var finishedAt: Date?
    }

    /// What would take the step back, or did.
    struct Undo: Decodable, Sendable {
        var name: String
        var status: String
        var attempt: Int?
        var error: Refusal?
        var trouble: String?
    }
}

extension SagaRecord {
    /// What an operator may do now.
    var allowedVerbs: [String] {
        SagaStatus(rawValue: status).map { SagaVerb.allowed(in: $0, pivoted: pivoted).map(\.rawValue) } ?? []
    }

    /// Whether it goes no further by itself.
    var isAtRest: Bool {
        switch SagaStatus(rawValue: status) {
        case .stuck, .diverged, nil: true
        case let status?: status.isTerminal
        }
    }

    init(_ row: PostgresRow) throws {
        id = SagaID(uuid: try row("id"))
        name = try row("name")
        key = try row("key")
        run = try row("run")
        subject = try row("subject")
        status = try row("status")
        businessStatus = try row("business_status")
        waitingOn = try WaitingOn(row)
        input = try row("input", as: JSONB.self).text
        output = try row("output", as: JSONB?.self)?.text
        error = try row("error", as: JSONB?.self)?.text
        stuckReason = try row("stuck_reason")
        pivoted = try row("pivoted")
        compensation = try row("compensation")
        attributes = try row("attributes", as: JSONB.self).text
        pausedAt = try row("paused_at")
        buildID = try row("build_id")
        formerBuilds = try row("former_builds", as: JSONB?.self)?.text
        startedAt = try row("started_at")
        updatedAt = try row("updated_at")
    }
}

extension SagaRecord.WaitingOn {
    fileprivate init?(_ row: PostgresRow) throws {
        guard let kind = try row("waiting_kind", as: String?.self) else { return nil }
        self.kind = kind
        name = try row("waiting_name", as: String?.self) ?? kind
        since = try row("waiting_since")
        until = try row("waiting_until")
    }
}

extension SagaRecord.Step {
    init(_ row: PostgresRow) throws {
        path = try row("path")
        kind = try row("kind")
        name = try row("name")
        status = try row("status")
        seq = try row("seq")
        owner = try row("owner")
        attempt = try row("attempt")
        attempts = try attempt + row("tries", as: Int.self)
        error = try row("error", as: JSONB?.self)?.text
        result = try row("result", as: JSONB?.self)?.text
        undo = try row("undo", as: JSONB?.self)?.decode()
        trouble = try row("trouble")
        lost = try row("lost")
        eventType = try row("event_type")
        dueAt = try row("due_at")
        deadlineAt = try row("deadline_at")
        startedAt = try row("started_at")
        finishedAt = try row("finished_at")
    }
}
