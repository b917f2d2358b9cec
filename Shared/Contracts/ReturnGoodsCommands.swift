import Commerce
import Messaging

/// What has come in, unit by unit. Units that are known already stay as they are known.
///
/// Refused with `not_allowed`, `unknown_line`, `bad_quantity`.
public struct ReceiveReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var lines: [Line]

    /// What a unit turned out to be.
    public enum State: String, Codable, Sendable, CaseIterable {
        case received, damaged, missing
        case wrongItem = "wrong_item"
        /// Came beside what was expected; it belongs to no line.
        case extra
    }

    public struct Line: Codable, Sendable, Equatable {
        /// Of the order; nil for `extra`, which names its SKU.
        public var lineID: String?
        public var sku: String?
        public var quantity: Int
        /// `received` when left out.
        public var state: State?

        public init(lineID: String?, sku: String? = nil, quantity: Int, state: State? = nil) {
            self.lineID = lineID
            self.sku = sku
            self.quantity = quantity
            self.state = state
        }

        enum CodingKeys: String, CodingKey {
            case sku, quantity, state
            case lineID = "line_id"
        }
    }

    public init(returnID: ReturnID, lines: [Line]) {
        self.returnID = returnID
        self.lines = lines
    }

    enum CodingKeys: String, CodingKey {
        case lines
        case returnID = "return_id"
    }
}

/// What an inspection found: grade, and whether a unit is what was sold. A later finding replaces an earlier one; answers
/// to the policy's checklist and photos are kept beside those of before.
///
/// Refused with `not_allowed`, `unknown_line`, `bad_quantity`, `unknown_grade`; `checklist_incomplete` for a grade without
/// all the answers that the policy asks for; `unknown_item`, `bad_url`, `too_many`, `too_long`, `too_large`.
public struct InspectReturn: Command {
    public static let owner = ServiceName.returns
    public typealias Reply = Done
    public var returnID: ReturnID
    public var lines: [Line]

    public struct Line: Codable, Sendable, Equatable {
        public var lineID: String
        public var quantity: Int
        /// `A` to `D`, or `good`, `fair`, `poor`, `damaged`; nil leaves it open.
        public var grade: String?
        public var matched: Bool?
        /// By the items' ids.
        public var checklist: [String: ChecklistAnswer]?
        /// URLs.
        public var photos: [String]?

        public init(
            lineID: String, quantity: Int, grade: String?, matched: Bool?, checklist: [String: ChecklistAnswer]? = nil,
            photos: [String]? = nil
        ) {
            self.lineID = lineID
            self.quantity = quantity
            self.grade = grade
            self.matched = matched
            self.checklist = checklist
            self.photos = photos
        }

        enum CodingKeys: String, CodingKey {
            case quantity, grade, matched, checklist, photos
            case lineID = "line_id"
        }
    }

    public init(returnID: ReturnID, lines: [Line]) {
        self.returnID = returnID
        self.lines = lines
    }

    enum CodingKeys: String, CodingKey {
        case lines
        case returnID = "return_id"
    }
}
