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

extension AcceptedWebhook {
    // LIMIT: with `webhook.<provider>.` a routing key stays below AMQP's 255 bytes; ids stay below an index row.
    private static let topicBytesMax = 128
    private static let idBytesMax = 255

    /// Whether topic and ids are such as providers write. They come from headers, which no signature covers.
    var hasUsableNames: Bool {
        let topicIsUsable = (1...Self.topicBytesMax).contains(topic.utf8.count) && topic.utf8.allSatisfy(Self.isInTopic)
        return topicIsUsable && [dedupeKey, eventID ?? ""].allSatisfy { $0.utf8.count <= Self.idBytesMax }
    }

    private static func isInTopic(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
