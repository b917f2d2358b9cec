import Commerce
import Contracts
import Messaging
import Postgres

/// Finds the order that a return is asked for.
public enum ReturnOrder {
    /// Failure: a ``Refusal`` with the field that is wrong.
    public static func find(_ request: ReturnRequest, in database: PostgresTransaction) async throws -> OrderID {
        if let text = request.orderID {
            guard let id = OrderID(text), try await exists("id = \(id.uuid)", in: database) != nil else {
                throw Refusal(code: "unknown_order", message: "There is no such order.", field: "order_id")
            }
            return id
        }
        guard let number = request.orderNumber, let email = request.email else {
            throw Refusal(
                code: "no_order", message: "Give 'order_id', or 'order_number' with 'email'.", field: "order_id")
        }
        // WHY: number and address are wrong together, so that nobody learns which orders exist.
        guard let id = try await numbered(number, "lower(email) = lower(\(email))", in: database) else {
            throw Refusal(
                code: "unknown_order", message: "There is no order of that number and e-mail address.",
                field: "order_number")
        }
        return id
    }

    /// An order as people name it: our id, the shop's number, or its id elsewhere.
    public static func find(named name: String, in database: PostgresTransaction) async throws -> OrderID? {
        if let id = OrderID(name), let found = try await exists("id = \(id.uuid)", in: database) { return found }
        if let found = try await numbered(name, "true", in: database) { return found }
        return try await database.query(
            """
            SELECT order_id FROM order_ingest.external_ids
            WHERE workspace_id = platform.current_workspace() AND external_id = \(name) LIMIT 1
            """
        ).first.map { OrderID(uuid: try $0("order_id")) }
    }

    /// By the shop's number with or without its `#`, which people leave out or add; as it is written goes first.
    private static func numbered(
        _ number: String, _ condition: SQL, in database: PostgresTransaction
    ) async throws -> OrderID? {
        let other = number.hasPrefix("#") ? String(number.dropFirst()) : "#" + number
        return try await database.query(
            """
            SELECT id FROM order_ingest.order_view WHERE number IN (\(number), \(other)) AND \(condition)
            ORDER BY number = \(number) DESC, created_at DESC LIMIT 1
            """
        ).first.map { OrderID(uuid: try $0("id")) }
    }

    /// The last ordered of those.
    private static func exists(_ condition: SQL, in database: PostgresTransaction) async throws -> OrderID? {
        try await database.query(
            "SELECT id FROM order_ingest.order_view WHERE \(condition) ORDER BY created_at DESC LIMIT 1"
        ).first.map { OrderID(uuid: try $0("id")) }
    }
}
