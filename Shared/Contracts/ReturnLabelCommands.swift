import Commerce
import Messaging

// The label of a return's parcel, and what becomes of a return whose label nobody uses.

/// Buys the label by the country that the parcel is sent from, and keeps its document.
public struct BuyReturnLabel: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// The label's id at the carrier's broker.
        public var labelID: String
        public var trackingNumber: String

        public init(labelID: String, trackingNumber: String) {
            self.labelID = labelID
            self.trackingNumber = trackingNumber
        }

        enum CodingKeys: String, CodingKey {
            case labelID = "label_id"
            case trackingNumber = "tracking_number"
        }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}

/// Undo of ``BuyReturnLabel``: voids the label, or the one that has taken its place since.
public struct VoidReturnLabel: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var labelID: String
    /// Whether this label itself is meant, whatever has taken its place; nil as an undo.
    public var exactly: Bool?

    public init(returnID: ReturnID, labelID: String, exactly: Bool? = nil) {
        self.returnID = returnID
        self.labelID = labelID
        self.exactly = exactly
    }

    enum CodingKeys: String, CodingKey {
        case exactly
        case returnID = "return_id"
        case labelID = "label_id"
    }
}

/// Buys another label for a parcel that nobody has seen yet: the one before is lost, or its time is over. The customer
/// gets the new one, and the one before is voided; where the carrier does not void it, it stays and is told.
///
/// A label is replaced once, however often that is asked for. Refused with `not_allowed` where it is not the one that
/// the customer has, or its parcel is on its way, and in the carrier's words where there is none to be had.
public struct ReissueReturnLabel: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    /// The label whose place the new one takes.
    public var labelID: String
    public var reason: String

    public struct Reply: Codable, Sendable, Equatable {
        /// Of the new label; nil where it came too late: the carrier has the parcel, or the return has moved on.
        public var labelID: String?
        public var trackingNumber: String?

        public init(labelID: String?, trackingNumber: String?) {
            self.labelID = labelID
            self.trackingNumber = trackingNumber
        }

        enum CodingKeys: String, CodingKey {
            case labelID = "label_id"
            case trackingNumber = "tracking_number"
        }
    }

    public init(returnID: ReturnID, labelID: String, reason: String) {
        self.returnID = returnID
        self.labelID = labelID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case returnID = "return_id"
        case labelID = "label_id"
    }
}

/// Ends a return whose parcel nobody has seen. One that is on its way, or here, does not expire, and one whose label
/// was replaced has the time of the new label first.
public struct ExpireReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID
    /// The label that took another's place and whose time was waited for; nil for the first.
    public var labelID: String?

    public struct Reply: Codable, Sendable, Equatable {
        public var expired: Bool
        /// The label whose time is still to be waited for; nil where there is none, and from builds that replace none.
        public var newLabel: NewLabel?

        public init(expired: Bool, newLabel: NewLabel? = nil) {
            self.expired = expired
            self.newLabel = newLabel
        }

        enum CodingKeys: String, CodingKey {
            case expired
            case newLabel = "new_label"
        }
    }

    public struct NewLabel: Codable, Sendable, Equatable {
        public var id: String
        /// Since it was sent.
        public var ageSeconds: Int

        public init(id: String, ageSeconds: Int) {
            self.id = id
            self.ageSeconds = ageSeconds
        }

        enum CodingKeys: String, CodingKey {
            case id
            case ageSeconds = "age_seconds"
        }
    }

    public init(returnID: ReturnID, labelID: String? = nil) {
        self.returnID = returnID
        self.labelID = labelID
    }

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case labelID = "label_id"
    }
}
