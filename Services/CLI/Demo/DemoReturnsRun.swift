import Commerce
import Foundation
import HTTPTransport

/// Plays the returns of the demonstration: has customers write, asks for their returns, sends the parcel, receives and grades it in the warehouse as
/// the returns get there, and calls one off.
struct DemoReturnsRun {
    private let client: APIClient
    private let simulators: SimulatorClient
    private var display: DemoDisplay<DemoReturnProgress>
    private var returns: [Entry] = []
    private let startedAt = ContinuousClock.now

    private struct Entry {
        var progress: DemoReturnProgress
        /// What was done to it last; each once.
        var played: Set<DemoReturnProgress.Stage> = []
        var askedAt = ContinuousClock.now
    }

    init(_ environment: CLIEnvironment) throws {
        let http = CurlHTTPClient(logger: .silent)
        client = try APIClient(environment, http: http)
        simulators = try SimulatorClient(environment, http: http)
        display = .returns(environment)
    }

    /// Failure: `CLIError` when a return has not ended as it should, or not in time.
    mutating func run(after orders: DemoResult) async throws -> [DemoReturnProgress] {
        for plan in DemoPlan.returns {
            guard let order = orders.orders.first(where: { $0.order.title == plan.orderTitle }),
                let orderID = order.orderID
            else { continue }
            let ticketID = try await simulators.writeIn(plan.words)
            let request = Self.request(plan, orderID, ticketID)
            let seen: ReturnModel = try await decode(client.post("/returns", body: request))
            returns.append(
                Entry(
                    progress: DemoReturnProgress(
                        plan, number: order.number, returnID: seen.id, ticketID: ticketID)))
        }
        try await follow()
        for goods in returns.map(\.progress) {
            if case .wrong(let words) = goods.state {
                throw CLIError("\(goods.number) (\(goods.plan.title)): \(words)")
            }
        }
        return returns.map(\.progress)
    }

    private static func request(_ plan: DemoReturn, _ orderID: String, _ ticketID: String) -> JSONValue {
        [
            "order_id": .string(orderID), "resolution": "original_payment",
            "lines": [["sku": .string(plan.sku), "quantity": 1, "reason": .string(plan.reason)]],
            "helpdesk": ["provider": "gorgias", "ticket_id": .string(ticketID)],
        ]
    }

    private mutating func follow() async throws {
        while returns.contains(where: { $0.progress.state == .underWay }) {
            guard startedAt.duration(to: .now) < DemoRun.limit else {
                throw CLIError(
                    "after \(DemoBoard.time(DemoRun.limit)) a return is not where it should be; look with "
                        + "'stateset returns list'")
            }
            for index in returns.indices where returns[index].progress.state == .underWay {
                try await look(at: index)
            }
            display.show(returns.map(\.progress))
            try await Task.sleep(for: display.frameTime)
        }
    }

    private mutating func look(at index: Int) async throws {
        let entry = returns[index]
        let seen: ReturnModel = try await decode(client.get("/returns/\(entry.progress.returnID)"))
        returns[index].progress.see(seen, after: entry.askedAt.duration(to: .now))
        let stage = returns[index].progress.stage
        guard returns[index].progress.state == .underWay, returns[index].played.insert(stage).inserted else { return }
        switch (entry.progress.plan.ending, stage) {
        case (.undone, .label):
            let reason: JSONValue = ["reason": "the customer keeps it"]
            _ = try await client.post("/returns/\(seen.id)/cancel", body: reason)
            returns[index].progress.isBeingUndone = true
        case (.refunded, .label):
            if let number = seen.label?.trackingNumber { try await simulators.scan(number) }
        case (.refunded, .underWay):
            if let number = seen.externalIDs["dcl"] { try await simulators.receive(number, entry.progress.plan.sku) }
        case (.refunded, .received):
            if let number = seen.externalIDs["dcl"] { try await simulators.grade(number, entry.progress.plan.sku) }
        default: break
        }
    }

    private func decode<Value: Decodable>(_ bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(bytes))
    }
}
