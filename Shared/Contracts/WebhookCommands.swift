import Commerce
import Foundation
import Messaging

/// A secret that was encrypted before it became part of a message.
public struct SealedText: Codable, Sendable, Equatable {
    public var keyID: String
    public var bytes: Data

    public init(keyID: String, bytes: Data) {
        self.keyID = keyID
        self.bytes = bytes
    }

    enum CodingKeys: String, CodingKey {
        case bytes
        case keyID = "key_id"
    }
}

/// Sets up an endpoint for outgoing webhooks.
///
/// The caller has checked the URL and made the secret; the reply gives both as they are stored, so that one who asks
/// twice with one message id shows what counts.
public struct CreateWebhook: Command {
    public static let owner = ServiceName.notifications
    public var webhookID: WebhookID
    public var url: String
    public var events: [PublicEvent]
    /// Whether the events of one subject are delivered strictly one after another.
    public var ordered: Bool
    public var description: String?
    public var secret: SealedText
    public var reason: String?

    public struct Reply: Codable, Sendable, Equatable {
        public var webhookID: WebhookID
        public var secret: SealedText

        public init(webhookID: WebhookID, secret: SealedText) {
            self.webhookID = webhookID
            self.secret = secret
        }

        enum CodingKeys: String, CodingKey {
            case secret
            case webhookID = "webhook_id"
        }
    }

    public init(
        webhookID: WebhookID, url: String, events: [PublicEvent], ordered: Bool, description: String?,
        secret: SealedText, reason: String? = nil
    ) {
        self.webhookID = webhookID
        self.url = url
        self.events = events
        self.ordered = ordered
        self.description = description
        self.secret = secret
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case url, events, ordered, description, secret, reason
        case webhookID = "webhook_id"
    }
}

/// Changes what is given of an endpoint; the rest stays.
public struct ChangeWebhook: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = Done
    public var webhookID: WebhookID
    public var url: String?
    public var events: [PublicEvent]?
    public var ordered: Bool?
    public var description: String?
    public var reason: String?

    public init(
        webhookID: WebhookID, url: String?, events: [PublicEvent]?, ordered: Bool?, description: String?,
        reason: String? = nil
    ) {
        self.webhookID = webhookID
        self.url = url
        self.events = events
        self.ordered = ordered
        self.description = description
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case url, events, ordered, description, reason
        case webhookID = "webhook_id"
    }
}

/// What is done to an endpoint as a whole. Refused with `not_found`, or `not_allowed` where its state does not permit it.
public struct OperateWebhook: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = Done
    public var webhookID: WebhookID
    public var verb: Verb
    public var reason: String?

    public enum Verb: String, Codable, Sendable, CaseIterable {
        /// Events are kept until it is resumed.
        case pause
        /// Also out of `disabled`.
        case resume
        case remove
    }

    public init(webhookID: WebhookID, verb: Verb, reason: String? = nil) {
        self.webhookID = webhookID
        self.verb = verb
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case verb, reason
        case webhookID = "webhook_id"
    }
}

/// Makes another secret current; the one before signs as well for a while.
public struct RotateWebhookSecret: Command {
    public static let owner = ServiceName.notifications
    public var webhookID: WebhookID
    public var secret: SealedText
    public var reason: String?

    public typealias Reply = CreateWebhook.Reply

    public init(webhookID: WebhookID, secret: SealedText, reason: String? = nil) {
        self.webhookID = webhookID
        self.secret = secret
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case secret, reason
        case webhookID = "webhook_id"
    }
}

/// Sends an endpoint a `webhook.test` event, once. Refused with `not_allowed` while the endpoint is not active.
public struct TestWebhook: Command {
    public static let owner = ServiceName.notifications
    public var webhookID: WebhookID
    public var reason: String?

    public struct Reply: Codable, Sendable, Equatable {
        public var deliveryID: DeliveryID

        public init(deliveryID: DeliveryID) { self.deliveryID = deliveryID }

        enum CodingKeys: String, CodingKey { case deliveryID = "delivery_id" }
    }

    public init(webhookID: WebhookID, reason: String? = nil) {
        self.webhookID = webhookID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case webhookID = "webhook_id"
    }
}

/// Sends deliveries again, with their `webhook-id` and a new schedule of tries: one, or those of an endpoint that fit.
///
/// Of many, one command begins a part, and goes on with the next by a command to itself.
public struct ResendDeliveries: Command {
    public static let owner = ServiceName.notifications
    public var deliveryID: DeliveryID?
    public var webhookID: WebhookID?
    public var filter: Filter?
    /// The last one of the part before; nil of the first part.
    public var after: DeliveryID?
    public var reason: String?

    public struct Filter: Codable, Sendable, Equatable {
        /// By the time of the event, the end not included.
        public var since: Date
        public var until: Date?
        public var status: String?
        public var type: String?
        public var subject: String?

        public init(since: Date, until: Date?, status: String?, type: String?, subject: String?) {
            self.since = since
            self.until = until
            self.status = status
            self.type = type
            self.subject = subject
        }
    }

    public struct Reply: Codable, Sendable, Equatable {
        public var resent: Int
        /// Whether there may be others, which follow by themselves; nil of a version that sent all at once.
        public var more: Bool?

        public init(resent: Int, more: Bool? = nil) {
            self.resent = resent
            self.more = more
        }
    }

    public init(_ deliveryID: DeliveryID, reason: String? = nil) {
        self.deliveryID = deliveryID
        self.reason = reason
    }

    public init(of webhookID: WebhookID, _ filter: Filter, reason: String? = nil) {
        self.webhookID = webhookID
        self.filter = filter
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case filter, after, reason
        case deliveryID = "delivery_id"
        case webhookID = "webhook_id"
    }
}

/// Sent to itself: has deliveries tried soon that an endpoint's trouble has put off, a part of them at a time.
public struct HurryDeliveries: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = Done
    public var webhookID: WebhookID
    /// When the trouble was over: what has been called since waits for its next try as ever.
    public var since: Date
    /// When the trouble began: what had failed long before waits as ever. Nil of an endpoint that somebody has resumed, whose
    /// deliveries have their tries counted anew.
    public var failingSince: Date?

    public init(webhookID: WebhookID, since: Date, failingSince: Date? = nil) {
        self.webhookID = webhookID
        self.since = since
        self.failingSince = failingSince
    }

    enum CodingKeys: String, CodingKey {
        case since
        case webhookID = "webhook_id"
        case failingSince = "failing_since"
    }
}

/// Sent to itself for later: looks whether an endpoint has gone on failing, warns, and in the end switches it off.
public struct ReviewWebhook: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = Done
    public var webhookID: WebhookID
    /// Names the unbroken row of failures that the review is about.
    public var streak: String
    /// Of the time to being switched off.
    public var percent: Int

    public init(webhookID: WebhookID, streak: String, percent: Int) {
        self.webhookID = webhookID
        self.streak = streak
        self.percent = percent
    }

    enum CodingKeys: String, CodingKey {
        case streak, percent
        case webhookID = "webhook_id"
    }
}
