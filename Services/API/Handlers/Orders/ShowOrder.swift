import Commerce
import Postgres

extension Endpoint {
    static func showOrder(_ pool: PostgresPool) -> Endpoint {
        .get("/orders/{id}", .ordersRead, .show("showOrder", "One order", "Order")) { request in
            .ok(try await OrderReader.order(request, pool).json)
        }
    }
}

extension OrderReader {
    /// The order that the path names. Failure: 404.
    static func order(_ request: APIRequest, _ pool: PostgresPool) async throws -> OrderRecord {
        guard let order = try await find(request.id(OrderID.self), in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return order
    }
}
