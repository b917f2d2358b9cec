import Foundation

/// A return as the warehouse has it. Every list may come as null.
///
/// What it tells of receiving is a contract of ours with the warehouse, as its public pages show no field of it.
public struct DCLReturn: Sendable, Equatable, Decodable {
    public enum Stage: Sendable, Equatable {
        case announced
        case partiallyReceived
        case received
        case cancelled
        case unrecognized(Int)

        init(_ number: Int) {
            self =
                switch number {
                case 2: .cancelled
                case 10: .announced
                case 50: .partiallyReceived
                case 60: .received
                default: .unrecognized(number)
                }
        }
    }

    /// Units that came in together.
    public struct Receipt: Sendable, Equatable, Decodable {
        /// The warehouse's name of it.
        public let number: String?
        public let quantity: Int
        /// `A` to `D`; nil while nobody has looked at the units yet.
        public let condition: String?
        /// As the warehouse wrote it; without an offset it is US Pacific time.
        public let receivedAt: String?

        private enum CodingKeys: String, CodingKey {
            case quantity, condition
            case number = "receipt_number"
            case receivedAt = "received_at"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            number = try container.nonEmptyText(.number)
            quantity = try container.wholeNumber(.quantity) ?? 0
            condition = try container.nonEmptyText(.condition)
            receivedAt = try container.nonEmptyText(.receivedAt)
        }
    }

    public struct Line: Sendable, Equatable, Decodable {
        public let itemNumber: String
        /// Units announced; 0 for an item that came without being announced.
        public let quantity: Int
        public let receipts: [Receipt]

        /// Units that came in.
        public var received: Int { receipts.reduce(0) { $0 + $1.quantity } }

        private enum CodingKeys: String, CodingKey {
            case quantity, receipts
            case itemNumber = "item_number"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            itemNumber = try container.text(.itemNumber) ?? ""
            quantity = try container.wholeNumber(.quantity) ?? 0
            receipts = try container.list(.receipts)
        }
    }

    public let number: String
    public let originalOrderNumber: String?
    public let stage: Stage
    public let isCancelled: Bool
    public let modifiedAt: String?
    public let lines: [Line]

    /// When it was changed last; nil where the warehouse does not say.
    public var modified: Date? { modifiedAt.flatMap(DCLTime.moment) }

    private enum CodingKeys: String, CodingKey {
        case lines
        case number = "rma_number"
        case originalOrderNumber = "original_order_number"
        case stage = "rma_stage"
        case isCancelled = "is_cancelled"
        case modifiedAt = "modified_at"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.text(.number) ?? ""
        originalOrderNumber = try container.nonEmptyText(.originalOrderNumber)
        stage = Stage(try container.wholeNumber(.stage) ?? 0)
        isCancelled = try container.flag(.isCancelled) ?? false
        modifiedAt = try container.nonEmptyText(.modifiedAt)
        lines = try container.list(.lines)
    }

    /// Whether this is the return that the draft describes, as far as the warehouse tells.
    func isSame(as draft: DCLReturnDraft) -> Bool {
        if let here = originalOrderNumber, let there = draft.originalOrder, here != there.text { return false }
        let announced = Dictionary(lines.map { ($0.itemNumber, $0.quantity) }, uniquingKeysWith: +)
        let wanted = Dictionary(draft.lines.map { ($0.itemNumber, $0.quantity) }, uniquingKeysWith: +)
        return lines.isEmpty || announced.filter { $0.value > 0 } == wanted
    }
}
