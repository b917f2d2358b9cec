import Commerce
import Providers

/// A request on its way in: everything about it but its body, which is read only once it is welcome.
struct Arrival: Sendable {
    var provider: String
    var workspace: String
    var headers: [(name: String, value: String)]
}

/// What became of a request.
enum Reception: Sendable, Equatable {
    case accepted(ReceivedID)
    /// The delivery was here before, under this id.
    case duplicate(ReceivedID)
    case rejected(Rejection)
}

/// The body as far as it was taken.
enum ArrivedBody: Sendable, Equatable {
    case whole([UInt8])
    /// Its first bytes, and how many came altogether (or were announced).
    case oversize(first: [UInt8], size: Int)
    case tooSlow(first: [UInt8])
}

extension WebhookRejection {
    var rejection: Rejection {
        switch self {
        case .missingSignature: .missingSignature
        case .badSignature: .badSignature
        case .wrongSender: .wrongSender
        case .missingTopic: .missingTopic
        case .malformedBody: .notJSON
        }
    }
}
