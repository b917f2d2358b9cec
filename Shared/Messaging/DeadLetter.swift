import AMQP
import Commerce
import Logging

/// A message that was given up on, with the reason.
struct DeadLetter: Sendable {
    let id = DeadLetterID()
    var workspaceID: WorkspaceID
    /// Whether what it says of itself was left out.
    private(set) var isBare = false
    let queue: String
    let body: [UInt8]
    let envelope: Envelope?
    let reason: String
    let detail: String

    /// - Parameters:
    ///   - envelope: nil where the body is none: then nobody knows whose it is.
    ///   - reason: and `detail`: may quote anything; they are escaped and bounded.
    init(
        queue: String, body: [UInt8], envelope: Envelope?, workspaceID: WorkspaceID? = nil, reason: String,
        detail: String
    ) {
        self.workspaceID = workspaceID ?? envelope?.attributes.workspaceid ?? .platform
        self.queue = queue
        self.body = body
        self.envelope = envelope
        self.reason = reason.printable(upTo: 100)
        self.detail = detail.printable()
    }

    init(_ delivery: AMQPDelivery, queue: String) {
        self.init(
            queue: queue, body: delivery.body, envelope: try? Envelope(body: delivery.body),
            reason: delivery.headers[DeadLetterHeader.reason]?.string ?? "delivery_limit",
            detail: delivery.headers[DeadLetterHeader.detail]?.string
                ?? "the broker gave up after \(Topology.deliveryLimit) redeliveries: the consumer crashed on it")
    }

    /// The body alone, for its workspace: it tells nobody of itself.
    func bare(because error: any Error) -> DeadLetter {
        var letter = DeadLetter(
            queue: queue, body: body, envelope: nil, workspaceID: workspaceID, reason: reason,
            detail: "\(detail) (what it says of itself could not be stored: \(error))")
        letter.isBare = true
        return letter
    }

    var metadata: Logger.Metadata {
        [
            "dead_letter_id": "\(id)", "queue": "\(queue)", "reason": "\(reason)",
            "type": "\(envelope?.attributes.type ?? "-")", "message_id": "\(envelope?.attributes.id ?? "-")",
        ]
    }
}
