import ArgumentParser
import Commerce
import Foundation

/// Goods that came in and that no return awaited.
struct BlindReceiptsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blind", abstract: "Goods that came in and that no return awaited.",
        subcommands: [List.self, Show.self, Match.self, Open.self, Dismiss.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists them, newest first.")

        @Option(help: "open, matched or dismissed; any for all.") var status = "open"
        @Option(help: "unknown, beside or late.") var kind: String?
        @Option(help: "The return they are of, or came with: its id (ret_…), or its RMA number or id at any provider.")
        var of: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("came", "created_at"), .status(), .text("kind"),
                .init(heading: "goods") { .init(BlindReceiptPicture.goods($0["goods"])) },
                .text("number"), .text("order", "order_id"), .text("with", "came_with"), .text("return", "return_id"),
                .text("blind receipt", "id"),
            ], none: "nothing came in that no return awaited")

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            var returnID: String?
            if let of { returnID = try await ReturnLookup.id(of: of, client) }
            let found = try await client.get(
                "/blind-receipts",
                [
                    "status": status == "any" ? nil : status, "kind": kind, "return_id": returnID,
                    "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: found) { try Self.view.lines(found, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one of them.")

        @Argument(help: "Its id (blr_…).") var id: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await APIClient(environment).get("/blind-receipts/\(id)")
            try Printer(output, environment).show(blindReceipt: json)
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whose goods they are: the return receives them, for a person to inspect.")

        @Argument(help: "Its id (blr_…).") var id: String
        @Option(help: "The return's id (ret_…), or its RMA number or id at any provider.") var to: String
        @Option(help: "Why, for the audit log.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await carryOut(APIClient(environment, writing: write))
            try Printer(output, environment).show(blindReceipt: json)
        }

        /// What the API answers.
        func carryOut(_ client: APIClient) async throws -> [UInt8] {
            let returnID = try await ReturnLookup.id(of: to, client)
            return try await client.post(
                "/blind-receipts/\(id)/match",
                body: .object(["return_id": .string(returnID), "reason": .string(reason)]))
        }
    }

    struct Dismiss: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says that they are no return's.")

        @Argument(help: "Its id (blr_…).") var id: String
        @Option(help: "What has become of them, for the audit log.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await APIClient(environment, writing: write).post(
                "/blind-receipts/\(id)/dismiss", body: .object(["reason": .string(reason)]))
            try Printer(output, environment).show(blindReceipt: json)
        }
    }
}

extension Printer {
    func show(blindReceipt json: [UInt8]) throws {
        try show(json: json) { style in
            BlindReceiptPicture.lines(try JSONDecoder().decode(JSONValue.self, from: Data(json)), style)
        }
    }
}
