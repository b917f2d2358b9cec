import ArgumentParser
import Commerce
import Foundation

struct ReturnsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "returns", abstract: "Returns.",
        subcommands: [
            List.self, Show.self, Label.self, Approve.self, Reject.self, Cancel.self, Reopen.self,
            ReissueLabel.self, Receive.self, Inspect.self, BlindReceiptsCommand.self, Policy.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists returns, newest first.")

        @Option(help: "The order's id (ord_…), or its number or id at any provider.") var order: String?
        @Option(help: "Its id at any provider, e.g. the warehouse's RMA number.") var externalId: String?
        @Option(help: "The return's status.") var status: String?
        @Option(help: "The ticket's id (tkt_…).") var ticket: String?
        @Option(help: "Only what changed at or after this time (RFC 3339).") var updatedSince: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("asked", "created_at"), .status(), .text("resolution"),
                .init(heading: "refund") { .init($0["refund"]?["amount"]?.text ?? "-") },
                .init(heading: "currency") { .init($0["refund"]?["currency"]?.text ?? "-") },
                .init(heading: "why") { .init($0["status_reason"]?["code"]?.text ?? "", .bad) },
                .text("order", "order_id"), .text("return", "id"),
            ], none: "no returns")

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            var orderID: String?
            if let order { orderID = try await OrderLookup.id(of: order, client) }
            let returns = try await client.get(
                "/returns",
                [
                    "order_id": orderID, "external_id": externalId, "status": status, "ticket_id": ticket,
                    "updated_since": updatedSince, "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: returns) { try Self.view.lines(returns, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one return with its history.")

        @Argument(help: "The return's id (ret_…), or its RMA number or id at any provider.") var goods: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            let id = try await ReturnLookup.id(of: goods, client)
            try Printer(output, environment).show(return: try await client.get("/returns/\(id)"))
        }
    }
}

/// Finds the return a person means.
enum ReturnLookup {
    private struct Found: Decodable {
        var data: [Return]

        struct Return: Decodable {
            var id: String
            var status: String
        }
    }

    /// Failure: `CLIError` when there is none, or when there are several.
    static func id(of text: String, _ client: APIClient) async throws -> String {
        if text.hasPrefix("ret_") { return text }
        let returns = try JSONDecoder().decode(
            Found.self, from: Data(try await client.get("/returns", ["external_id": text, "limit": "10"]))
        ).data
        guard let first = returns.first else {
            throw CLIError("there is no return '\(text)' in this workspace; 'stateset returns list --order …' searches")
        }
        guard returns.count == 1 else {
            let choices = returns.map { "\($0.id) (\($0.status))" }.joined(separator: ", ")
            throw CLIError("'\(text)' means several returns: \(choices)")
        }
        return first.id
    }
}

extension Printer {
    func show(return json: [UInt8]) throws {
        try show(json: json) { style in
            ReturnPicture.lines(try JSONDecoder().decode(ReturnModel.self, from: Data(json)), style)
        }
    }
}
