import Commerce
import Messaging

/// Adds the bonus of a refund that was taken as store credit, once for its return, after the refund has succeeded.
///
/// What the shop does not take refuses nothing: people are told, and the customer is promised none.
public struct GrantStoreCreditBonus: Command {
    public static let owner = ServiceName.returns
    public var refundID: RefundID

    public struct Reply: Codable, Sendable, Equatable {
        /// As a decimal; nil where none is given.
        public var granted: String?

        public init(granted: String?) { self.granted = granted }
    }

    public init(refundID: RefundID) { self.refundID = refundID }

    enum CodingKeys: String, CodingKey { case refundID = "refund_id" }
}
