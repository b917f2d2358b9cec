import Foundation
import HTTPTransport

/// Plays the demonstration: orders in the shop, ships and delivers in the warehouse as the orders get there, and looks
/// at each through the API until it has ended as it should.
struct DemoRun {
    // LIMIT: a cold stack takes a few seconds; polling alone, every hint lost, less than a minute.
    static let limit = Duration.seconds(90)

    private let client: APIClient
    private let simulators: SimulatorClient
    private var display: DemoDisplay<DemoProgress>
    private var orders: [Entry] = []
    private let startedAt = ContinuousClock.now

    private struct Entry {
        var progress: DemoProgress
        var shopID = ""
        var warehouseNumber: String?
        var trackingNumbers: [String] = []
        var delivered: Set<String> = []
        var placedAt = ContinuousClock.now
    }

    init(_ environment: CLIEnvironment) throws {
        let http = CurlHTTPClient(logger: .silent)
        client = try APIClient(environment, http: http)
        simulators = try SimulatorClient(environment, http: http)
        display = .orders(environment)
    }

    /// Failure: `CLIError` when an order has not ended as it should, or not in time.
    mutating func run() async throws -> DemoResult {
        try await simulators.refuse(sku: DemoPlan.refusedSKU)
        do {
            try await place()
            try await follow()
        } catch {
            try? await simulators.stopRefusing()
            throw error
        }
        try await simulators.stopRefusing()
        return try result()
    }

    private mutating func place() async throws {
        for order in DemoPlan.orders {
            var entry = Entry(progress: DemoProgress(order))
            let placed = try await simulators.order(order.items)
            entry.shopID = placed.id
            entry.progress.number = placed.number
            orders.append(entry)
        }
        show()
    }

    private mutating func follow() async throws {
        while orders.contains(where: { $0.progress.state == .underWay }) {
            guard startedAt.duration(to: .now) < Self.limit else { throw CLIError(late) }
            for index in orders.indices where orders[index].progress.state == .underWay {
                try await look(at: index)
            }
            show()
            try await Task.sleep(for: display.frameTime)
        }
    }

    private mutating func look(at index: Int) async throws {
        guard let seen = try await order(of: orders[index]) else { return }
        let isRefused = orders[index].progress.order.ending == .refused
        let saga = isRefused ? try await saga(seen.sagaID) : nil
        orders[index].progress.see(seen, saga: saga, after: orders[index].placedAt.duration(to: .now))
        orders[index].warehouseNumber = seen.externalIDs["dcl"]
        try await play(warehouse: index, seen)
    }

    /// Ships once the warehouse has the order; delivers a package once its departure is known.
    private mutating func play(warehouse index: Int, _ seen: OrderModel) async throws {
        guard case .delivered(let packages) = orders[index].progress.order.ending,
            let number = orders[index].warehouseNumber, orders[index].progress.stage >= .warehouse
        else { return }
        if orders[index].trackingNumbers.isEmpty {
            let numbered = packages.map { SimulatorClient.Package(trackingNumber: Self.trackingNumber(), lines: $0) }
            try await simulators.ship(number, numbered)
            orders[index].trackingNumbers = numbered.map(\.trackingNumber)
        }
        for package in seen.shipments {
            guard let tracking = package.trackingNumber, package.externalIDs["shopify"] != nil,
                orders[index].delivered.insert(tracking).inserted
            else { continue }
            try await simulators.deliver(number, trackingNumber: tracking)
        }
    }

    private func order(of entry: Entry) async throws -> OrderModel? {
        if let id = entry.progress.orderID {
            return try JSONDecoder().decode(OrderModel.self, from: Data(try await client.get("/orders/\(id)")))
        }
        let page = try await client.get("/orders", ["external_id": entry.shopID])
        return try JSONDecoder().decode(Page.self, from: Data(page)).data.first
    }

    private func saga(_ id: String?) async throws -> SagaModel? {
        guard let id else { return nil }
        return try JSONDecoder().decode(SagaModel.self, from: Data(try await client.get("/sagas/\(id)")))
    }

    private struct Page: Decodable {
        var data: [OrderModel]
    }

    private mutating func show() { display.show(orders.map(\.progress)) }

    /// UPS numbers: `1Z` and 16 letters and digits.
    private static func trackingNumber() -> String {
        "1ZDEMO" + String((0..<12).map { _ in "0123456789".randomElement() ?? "0" })
    }

    private var late: String {
        let open = orders.map(\.progress).filter { $0.state == .underWay }
        let words = open.map { "\($0.number) (\($0.order.title))" }.joined(separator: ", ")
        return
            "after \(DemoBoard.time(Self.limit)) not yet where it should be: \(words); look with 'stateset orders show'"
    }

    private func result() throws -> DemoResult {
        for entry in orders {
            if case .wrong(let words) = entry.progress.state {
                throw CLIError("\(entry.progress.number) (\(entry.progress.order.title)): \(words)")
            }
        }
        let deliveries = orders.map(\.progress).filter { $0.order.ending != .refused }.map(\.elapsed)
        return DemoResult(orders: orders.map(\.progress), firstDelivery: deliveries.min() ?? .zero)
    }
}

/// How the demonstration ended.
struct DemoResult: Sendable {
    var orders: [DemoProgress]
    /// From the order in the shop to its delivery, of the fastest.
    var firstDelivery: Duration
}
