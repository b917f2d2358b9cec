import Commerce
import Foundation
import HTTPTransport

/// The control surface of the simulators: what happens in the shop and in the warehouse.
struct SimulatorClient: Sendable {
    private let base: String
    private let http: any HTTPClient

    /// Failure: `CLIError` when the surroundings do not say where the simulators are.
    init(_ environment: CLIEnvironment, http: any HTTPClient = CurlHTTPClient(logger: .silent)) throws {
        base = try environment.require("STATESET_SIMULATORS_URL")
        self.http = http
    }

    struct ShopOrder: Sendable {
        var id: String
        var number: String
    }

    /// Somebody orders in the shop; the shop sends its webhooks.
    func order(_ items: [DemoOrder.Item]) async throws -> ShopOrder {
        let lines = items.map { item -> JSONValue in
            ["sku": .string(item.sku), "quantity": .number(Decimal(item.quantity)), "price": .string(item.price)]
        }
        let answer = try await send(
            "POST", "/_sim/shopify/orders", ["line_items": .array(lines), "send_webhook": true])
        guard let id = answer["id"]?.text, let number = answer["name"]?.text else {
            throw CLIError("the simulated shop answered without an order")
        }
        return ShopOrder(id: id, number: number)
    }

    struct Package: Sendable {
        var trackingNumber: String
        var lines: [OrderModel.SKULine]
    }

    /// The warehouse packs and ships; `number` is its own for the order.
    func ship(_ number: String, _ packages: [Package]) async throws {
        let packages = packages.map { package -> JSONValue in
            let lines = package.lines.map { line -> JSONValue in
                ["sku": .string(line.sku), "quantity": .number(Decimal(line.quantity))]
            }
            return [
                "tracking_number": .string(package.trackingNumber), "carrier": "UPS", "lines": .array(lines),
            ]
        }
        _ = try await send("POST", "/_sim/dcl/orders/\(number)/ship", ["packages": .array(packages)])
    }

    func deliver(_ number: String, trackingNumber: String) async throws {
        _ = try await send(
            "POST", "/_sim/dcl/orders/\(number)/deliver", ["tracking_number": .string(trackingNumber)])
    }

    /// A customer writes to the helpdesk.
    /// - Returns: the id of the ticket.
    func writeIn(_ words: String) async throws -> String {
        let answer = try await send(
            "POST", "/_sim/gorgias/tickets",
            ["customer_email": "ana@example.com", "subject": "My order", "body": .string(words)])
        guard let id = answer["id"]?.text else { throw CLIError("the simulated helpdesk answered without a ticket") }
        return id
    }

    /// The carrier takes a parcel.
    func scan(_ trackingNumber: String) async throws {
        _ = try await send(
            "POST", "/_sim/shipstation/scan", ["tracking_number": .string(trackingNumber), "status": "IT"])
    }

    /// The warehouse gets one unit of a return; `number` is its own for the return.
    func receive(_ number: String, _ sku: String) async throws {
        let lines: JSONValue = [["sku": .string(sku), "quantity": 1]]
        _ = try await send("POST", "/_sim/dcl/rmas/\(number)/receive", ["lines": lines])
    }

    /// The warehouse finds the unit as good as new.
    func grade(_ number: String, _ sku: String) async throws {
        let lines: JSONValue = [["sku": .string(sku), "quantity": 1, "condition": "A"]]
        _ = try await send("POST", "/_sim/dcl/rmas/\(number)/grade", ["lines": lines])
    }

    func refuse(sku: String) async throws {
        _ = try await send("POST", "/_sim/dcl/refuse", ["sku": .string(sku)])
    }

    func stopRefusing() async throws {
        _ = try await send("DELETE", "/_sim/dcl/refuse", nil)
    }

    private func send(_ method: String, _ path: String, _ body: JSONValue?) async throws -> JSONValue {
        var request = HTTPRequest(method: method, url: base + path, timeout: .seconds(10))
        if let body {
            request.body = Array(try JSONEncoder().encode(body))
            request.headers.append(("Content-Type", "application/json"))
        }
        let response = try await http.send(request)
        guard response.isSuccess else {
            let words = String(decoding: response.body.prefix(300), as: UTF8.self)
            throw CLIError("the simulators answered \(response.status) to \(method) \(path): \(words)")
        }
        return (try? JSONDecoder().decode(JSONValue.self, from: Data(response.body))) ?? .null
    }
}
