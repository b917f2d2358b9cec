/// A saga as the API gives it (INTERFACES, Sagas).
struct SagaModel: Decodable, Sendable {
    var id: String
    var name: String
    var key: String
    var run: Int
    var status: String
    var businessStatus: String?
    var waitingOn: WaitingOn?
    var error: CodedMessage?
    var startedAt: String
    var updatedAt: String
    var steps: [Step]

    struct WaitingOn: Decodable, Sendable {
        var kind: String
        var name: String
        var since: String?
        var until: String?
    }

    struct Step: Decodable, Sendable {
        var path: String
        var kind: String
        var name: String
        var status: String
        var attempts: Int
        var error: CodedMessage?
        var undo: Undo?
        var startedAt: String
        var finishedAt: String?

        enum CodingKeys: String, CodingKey {
            case path, kind, name, status, attempts, error, undo
            case startedAt = "started_at"
            case finishedAt = "finished_at"
        }
    }

    struct Undo: Decodable, Sendable {
        var name: String
        var status: String
    }

    enum CodingKeys: String, CodingKey {
        case id, name, key, run, status, error, steps
        case businessStatus = "business_status"
        case waitingOn = "waiting_on"
        case startedAt = "started_at"
        case updatedAt = "updated_at"
    }
}
