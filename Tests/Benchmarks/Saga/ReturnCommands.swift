import Commerce
import Messaging

extension ServiceName {
    static let benchParticipant = ServiceName(rawValue: "bench-participant")
    static let benchLoad = ServiceName(rawValue: "bench-load")
}

/// One step of the measured saga, carried out by the participant.
protocol ReturnCommand: Command where Reply == StepTaken {
    static var step: Int { get }
    var order: ReturnedOrder { get }

    init(_ order: ReturnedOrder)
}

extension ReturnCommand {
    static var owner: ServiceName { .benchParticipant }
}

struct ReturnedOrder: Codable, Sendable {
    var returnID: String
    var orderID: String

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case orderID = "order_id"
    }
}

struct StepTaken: Codable, Sendable {
    var step: Int
    var returnID: String

    enum CodingKeys: String, CodingKey {
        case step
        case returnID = "return_id"
    }
}
