import Commerce
import Messaging

/// Brings the shop's stock to what of a return is sold again, at the location that its settings name; nothing to do where
/// the ERP receives the goods, or it has so many of them already. After the money has gone back; what was put into stock
/// and is graded down since leaves it at once.
///
/// What the shop does not take refuses nothing: people are told.
public struct RestockReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// Units that are in the shop's stock again by this; nil where none are, or nobody knows.
        public var restocked: Int?

        public init(restocked: Int?) { self.restocked = restocked }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}
