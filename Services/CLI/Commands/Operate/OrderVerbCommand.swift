import ArgumentParser
import Foundation
import Providers

/// What all verbs on one order are given.
struct OrderVerbOptions: ParsableArguments {
    @Argument(help: "The order's id (ord_…), or its number or id at any provider.") var order: String
    @Option(help: "Why, for the audit log.") var reason = "by hand on the command line"
    @OptionGroup var output: OutputOptions
}

/// A verb on one order: asks the API and shows the order as it is then.
protocol OrderVerbCommand: AsyncParsableCommand {
    static var verb: String { get }
    var options: OrderVerbOptions { get }
}

extension OrderVerbCommand {
    func run() async throws {
        let environment = CLIEnvironment.current
        let client = try APIClient(environment)
        let id = try await OrderLookup.id(of: options.order, client)
        let order = try await client.post("/orders/\(id)/\(Self.verb)", body: ["reason": .string(options.reason)])
        try Printer(options.output, environment).show(order: order)
    }
}

/// Finds the order a person means.
enum OrderLookup {
    private struct Found: Decodable {
        var data: [Order]

        struct Order: Decodable { var id: String }
    }

    /// Failure: `CLIError` when there is none.
    static func id(of text: String, _ client: APIClient) async throws -> String {
        if text.hasPrefix("ord_") { return text }
        for query in ["external_id", "q"] {
            let page = try JSONDecoder().decode(Found.self, from: Data(try await client.get("/orders", [query: text])))
            if let order = page.data.first { return order.id }
        }
        throw CLIError("there is no order '\(text)' in this workspace")
    }
}
