import ArgumentParser
import Commerce
import Foundation

/// What all verbs on one order are given.
struct OrderVerbOptions: RecordVerbOptions {
    @Argument(help: "The order's id (ord_…), or its number or id at any provider.") var order: String
    @Option(help: "Why, for the audit log.") var reason = "by hand on the command line"
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    func recordID(_ client: APIClient) async throws -> String { try await OrderLookup.id(of: order, client) }
}

/// A verb on one order.
protocol OrderVerbCommand: RecordVerbCommand where Options == OrderVerbOptions {}

extension OrderVerbCommand {
    static var collection: String { "orders" }
    func show(_ record: [UInt8], on printer: Printer) throws { try printer.show(order: record) }
}

/// Finds the order a person means.
enum OrderLookup {
    private struct Found: Decodable {
        var data: [Order]

        struct Order: Decodable {
            var id: String
            var number: String

            /// Whatever the case, with or without the shop's `#`.
            func isNumbered(_ text: String) -> Bool {
                let (own, wanted) = (number.lowercased(), text.lowercased())
                return own == wanted || own == "#" + wanted
            }
        }
    }

    /// Failure: `CLIError` when there is none, or when there are several.
    static func id(of text: String, _ client: APIClient) async throws -> String {
        if text.hasPrefix("ord_") { return text }
        if let id = try only(try await orders("external_id", text, client), text) { return id }
        // WHY: the search also finds addresses and SKUs, and a verb on an order that has such a thing would be another's.
        let numbered = try await orders("q", text, client).filter { $0.isNumbered(text) }
        if let id = try only(numbered, text) { return id }
        throw CLIError("there is no order '\(text)' in this workspace; 'stateset orders list --q …' searches")
    }

    private static func orders(_ query: String, _ text: String, _ client: APIClient) async throws -> [Found.Order] {
        try JSONDecoder().decode(Found.self, from: Data(try await client.get("/orders", [query: text]))).data
    }

    private static func only(_ orders: [Found.Order], _ text: String) throws -> String? {
        guard orders.count <= 1 else {
            let choices = orders.map { "\($0.id) (\($0.number))" }.joined(separator: ", ")
            throw CLIError("'\(text)' means several orders: \(choices)")
        }
        return orders.first?.id
    }
}
