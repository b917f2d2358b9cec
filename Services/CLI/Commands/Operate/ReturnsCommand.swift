import ArgumentParser
import Foundation
import Providers

struct ReturnsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "returns", abstract: "Returns.",
        subcommands: [
            List.self, Show.self, Approve.self, Reject.self, Cancel.self, Reopen.self, ReissueLabel.self,
            Receive.self, Inspect.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists returns, newest first.")

        @Option(help: "The order's id (ord_…), or its number or id at any provider.") var order: String?
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
                    "order_id": orderID, "status": status, "ticket_id": ticket, "updated_since": updatedSince,
                    "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: returns) { try Self.view.lines(returns, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one return with its history.")

        @Argument(help: "The return's id (ret_…).") var returnID: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await APIClient(environment).get("/returns/\(returnID)")
            try Printer(output, environment).show(return: json)
        }
    }
}

extension Printer {
    func show(return json: [UInt8]) throws {
        try show(json: json) { style in
            ReturnPicture.lines(try JSONDecoder().decode(ReturnModel.self, from: Data(json)), style)
        }
    }
}
