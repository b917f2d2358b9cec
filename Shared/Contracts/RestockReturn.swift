import Commerce
import Messaging

/// Adds what of a return is sold again to the shop's stock, at the location that its settings name; nothing to do where
/// the ERP receives the goods, or nothing of them is sold again. After the money has gone back.
///
/// What the shop does not take refuses nothing: people are told.
public struct RestockReturn: Command {
    public static let owner = ServiceName.returns
    public var returnID: ReturnID

    public struct Reply: Codable, Sendable, Equatable {
        /// Units that are in the shop's stock again; nil where none are, or nobody knows.
        public var restocked: Int?

        public init(restocked: Int?) { self.restocked = restocked }
    }

    public init(returnID: ReturnID) { self.returnID = returnID }

    enum CodingKeys: String, CodingKey { case returnID = "return_id" }
}
