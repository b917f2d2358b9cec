import Commerce
import Messaging

/// Writes to the helpdesk's ticket what has become of the return; nothing to do for a return that has none.
///
/// A message that cannot be written is shown and is no refusal: the return goes on without it.
public struct PostReturnMessage: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var message: Message
    /// Tells it from another of its kind in the same life of the return; nil for the one that every life has.
    public var version: String?

    public enum Message: String, Codable, Sendable, CaseIterable {
        /// Somebody looks at it; the version says at what of it.
        case inReview = "in_review"
        /// With the label attached and its tracking number.
        case label
        case received, refunded, cancelled, expired, rejected, exchanged
        /// Done, and nothing of its price is given back.
        case unrefunded
        /// What of it is not accepted, while the rest goes on.
        case partlyApproved = "partly_approved"
        /// Of a claim under a warranty.
        case repaired, replaced
    }

    public init(returnID: ReturnID, message: Message, version: String? = nil) {
        self.returnID = returnID
        self.message = message
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case message, version
        case returnID = "return_id"
    }
}

/// Scheduled by a message that the helpdesk has taken and not sent yet: tells people of one that the customer does not get.
public struct CheckReturnMessage: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var message: PostReturnMessage.Message
    /// What the helpdesk knows it by.
    public var key: String
    /// The how manyth look, from 0.
    public var look: Int

    public init(returnID: ReturnID, message: PostReturnMessage.Message, key: String, look: Int = 0) {
        self.returnID = returnID
        self.message = message
        self.key = key
        self.look = look
    }

    enum CodingKeys: String, CodingKey {
        case message, key, look
        case returnID = "return_id"
    }
}

/// Closes the helpdesk's ticket once the return is over and its customer has been told; nothing to do for a return that has
/// none.
///
/// One on which somebody has written since stays as it is. So does one that the helpdesk does not close, which is shown and
/// is no refusal.
public struct CloseReturnTicket: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}
