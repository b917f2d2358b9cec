/// A saga as the API gives it (the schema `SagaDetail`).
struct SagaModel: Decodable, Sendable {
    var id: String
    var name: String
    var key: String
    var run: Int
    /// What its commands are about, as dead letters name it.
    var subject: String?
    var status: String
    var businessStatus: String?
    var waitingOn: WaitingOn?
    var error: CodedMessage?
    var startedAt: String
    var updatedAt: String
    var steps: [Step]
    var attributes: [String: String]?
    var stuckReason: String?
    var pivoted: Bool?
    var compensation: String?
    var pausedAt: String?
    /// The coordinator's build that saved it last, and those before, oldest first.
    var buildID: String?
    var formerBuilds: [FormerBuild]?
    var allowed: [String]?
    var mailbox: [Mail]?
    /// Business time at the API when it answered.
    var asOf: String?
    /// What a verb has asked for and the coordinator has not answered yet.
    var pendingVerb: String?

    struct WaitingOn: Decodable, Sendable {
        var kind: String
        var name: String
        var since: String?
        var until: String?
    }

    struct FormerBuild: Decodable, Sendable {
        var buildID: String
        var until: String

        enum CodingKeys: String, CodingKey {
            case until
            case buildID = "build_id"
        }
    }

    struct Mail: Decodable, Sendable {
        var id: Int
        var type: String
        var receivedAt: String

        enum CodingKeys: String, CodingKey {
            case id, type
            case receivedAt = "received_at"
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, name, key, run, subject, status, error, steps, attributes, pivoted, compensation, allowed, mailbox
        case businessStatus = "business_status"
        case waitingOn = "waiting_on"
        case startedAt = "started_at"
        case updatedAt = "updated_at"
        case stuckReason = "stuck_reason"
        case pausedAt = "paused_at"
        case buildID = "build_id"
        case formerBuilds = "former_builds"
        case asOf = "as_of"
        case pendingVerb = "pending_verb"
    }
}
