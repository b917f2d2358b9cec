import HTTPTransport

/// What became of each order of a batch.
public struct DCLBatchResult: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        case accepted
        /// The number is taken: an earlier sending arrived, or another order has it.
        case alreadyExists
        case refused(code: String, message: String)
    }

    public let batchNumber: String?
    public let outcomes: [DCLOrderNumber: Outcome]
    /// Orders of a batch that was refused as a whole, without a fault of their own: nothing is decided about them.
    public let innocent: [DCLOrderNumber]
}

/// The body of an answer to a batch; the error can be on top, or in the status of an order while the top says 0.
struct DCLBatchAnswer: Decodable {
    private struct OrderStatus: Decodable {
        let orderNumber: String?
        let status: DCLStatus

        private enum CodingKeys: String, CodingKey { case orderNumber = "order_number" }

        init(from decoder: any Decoder) throws {
            orderNumber = try decoder.container(keyedBy: CodingKeys.self).text(.orderNumber)
            status = try DCLStatus(from: decoder)
        }
    }

    private let top: DCLStatus
    private let batchNumber: String?
    private let orders: [OrderStatus]

    private enum CodingKeys: String, CodingKey {
        case batchNumber = "batch_number"
        case orders = "order_statuses"
    }

    init(from decoder: any Decoder) throws {
        top = try DCLStatus(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        batchNumber = try container.nonEmptyText(.batchNumber)
        orders = try container.list(.orders)
    }

    /// Whether a 400 tells what became of the orders: a validation of the batch does, any other page does not.
    static func isVerdict(_ response: HTTPResponse) -> Bool {
        guard response.status == 400, let answer = try? ProviderJSON.decode(Self.self, from: response.body) else {
            return false
        }
        return !answer.orders.isEmpty
    }

    /// An order without a status of its own shares the fate of the batch.
    func result(for numbers: [DCLOrderNumber]) -> DCLBatchResult {
        let own = Dictionary(orders.map { ($0.orderNumber ?? "", $0.status) }, uniquingKeysWith: { $1 })
        let outcomes = numbers.map { number -> (DCLOrderNumber, DCLBatchResult.Outcome) in
            let status = own[number.text] ?? top
            // WHY: with a refused batch even the orders without a fault of their own were not taken.
            return (number, Self.outcome(status.isSuccess ? top : status))
        }
        let innocent = top.isSuccess ? [] : numbers.filter { own[$0.text]?.isSuccess ?? true }
        return DCLBatchResult(
            batchNumber: batchNumber, outcomes: Dictionary(outcomes, uniquingKeysWith: { $1 }), innocent: innocent)
    }

    private static func outcome(_ status: DCLStatus) -> DCLBatchResult.Outcome {
        if status.isSuccess { return .accepted }
        if status.saysExists { return .alreadyExists }
        return .refused(code: status.words.code, message: status.words.message)
    }
}
