import Messaging

/// What became of the commands of a verb on many.
struct BulkResult: Sendable {
    /// How many the filter found; nil where the request went on from a cursor.
    var matched: Int?
    private(set) var sent = 0
    private(set) var accepted = 0
    private(set) var refused = 0
    private var refusals: [JSON] = []
    /// Where to go on; nil when all are done.
    var next: String?

    // LIMIT: they repeat; each is in the thing's own row as well.
    static let refusalsMax = 20

    init(matched: Int?) {
        self.matched = matched
    }

    /// False once nobody answers: then the rest is sent without waiting.
    var isAnswered: Bool { sent == 0 || accepted + refused > 0 }

    mutating func add(_ outcomes: [CommandOutcome], for subjects: [String]) {
        sent += outcomes.count
        for (subject, outcome) in zip(subjects, outcomes) {
            switch outcome {
            case .accepted: accepted += 1
            case .refused(let refusal): add(refusal, subject)
            case .pending: break
            }
        }
    }

    private mutating func add(_ refusal: Refusal, _ subject: String) {
        refused += 1
        guard refusals.count < Self.refusalsMax else { return }
        refusals.append(
            ["id": .string(subject), "code": .string(refusal.code), "message": .string(refusal.message)])
    }

    var json: JSON {
        [
            "matched": .number(matched),
            "sent": .int(sent),
            "accepted": .int(accepted),
            "refused": .int(refused),
            "pending": .int(sent - accepted - refused),
            "refusals": .array(refusals),
            "refusals_untold": .int(refused - refusals.count),
            "next_cursor": .text(next),
        ]
    }
}
