import Foundation

@testable import CLI

/// A saga as the API would give it, two hours after its last change.
struct SagaFixture: Encodable {
    var id = "sag_1"
    var name = "order-fulfillment"
    var key = "ord_1"
    var run = 1
    var subject = "ord_1"
    var status: String
    var businessStatus = "dispatched"
    var waitingOn: WaitingOn?
    var error: Coded?
    var startedAt = "2026-03-05T17:00:00.000Z"
    var updatedAt = "2026-03-05T18:00:00.000Z"
    var steps: [Step] = []
    var attributes: [String: String] = [:]
    var stuckReason: String?
    var pivoted = false
    var compensation: String?
    var pausedAt: String?
    var buildID: String?
    var formerBuilds: [FormerBuild]?
    var allowed: [String] = []
    var mailbox: [Mail] = []
    var asOf = "2026-03-05T20:00:00.000Z"
    var pendingVerb: String?

    init(status: String) { self.status = status }

    struct WaitingOn: Encodable {
        var kind, name: String
        var since, until: String?
    }

    struct Coded: Encodable {
        var code, message: String
    }

    struct FormerBuild: Encodable {
        var buildID, until: String
        var version = 1
    }

    struct Mail: Encodable {
        var id: Int
        var type, receivedAt: String
    }

    struct Step: Encodable {
        var path: String
        var kind: String
        var name: String
        var status: String
        var attempts: Int
        var error: Coded?
        var undo: Undo?
        var result: RawResult?
        var startedAt = "2026-03-05T17:00:00.000Z"
        var finishedAt: String?
        var seq: Int?
        var owner: String
        var trouble: String?
        var lost: Bool
        var dueAt: String?
        var effect: Effect?
        var deadLetterID: String?

        struct Undo: Encodable {
            var name, status: String
            var error: Coded?
            var effect: Effect?
        }

        struct Effect: Encodable {
            var provider = "netsuite"
            var operation = "salesOrder.create"
            var state: String
            var calls = 1
            var error: Coded?
            var duplicates: [String] = []
        }

        init(
            _ path: String, _ name: String, kind: String = "perform", status: String = "completed", seq: Int? = nil,
            tries: Int = 1, undo: String? = nil, undoStatus: String = "recorded", trouble: String? = nil,
            result: String? = nil, lost: Bool = false, dueAt: String? = nil, owner: String = "order-ingest"
        ) {
            self.path = path
            self.kind = kind
            self.name = name
            self.status = status
            self.attempts = tries
            self.seq = seq
            let refusal = undoStatus == "refused" ? Coded(code: "shipped", message: "It is on its way") : nil
            self.undo = undo.map { Undo(name: $0, status: undoStatus, error: refusal) }
            self.trouble = trouble
            self.result = result.map(RawResult.init)
            self.lost = lost
            self.dueAt = dueAt
            self.owner = owner
            finishedAt = status == "issued" ? nil : "2026-03-05T17:00:00.120Z"
        }
    }

    /// A number where it is one, else a text.
    struct RawResult: Encodable {
        var text: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if let number = Int(text) {
                try container.encode(number)
            } else {
                try container.encode(text.trimmingCharacters(in: ["\""]))
            }
        }
    }

    var model: SagaModel {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return try JSONDecoder().decode(SagaModel.self, from: encoder.encode(self))
        }
    }
}
