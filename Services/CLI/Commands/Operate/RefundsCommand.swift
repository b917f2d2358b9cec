import ArgumentParser
import Commerce
import Foundation

struct RefundsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refunds", abstract: "Refunds, with a return or without.",
        subcommands: [List.self, Show.self, Explain.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists refunds, newest first.")

        @Option(help: "requested, pending, succeeded, failed or requires_action.") var status: String?
        @Option(help: "The order's id (ord_…), or its number or id at any provider.") var order: String?
        @Option(name: .customLong("return"), help: "The return's id (ret_…), or its RMA number or id at any provider.")
        var goods: String?
        @Option(help: "What the payment provider calls it.") var externalId: String?
        @Option(help: "Only what was asked for at this time or later (RFC 3339).") var createdSince: String?
        @Option(help: "Only what was asked for before this time (RFC 3339).") var createdBefore: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            var orderID: String?
            if let order { orderID = try await OrderLookup.id(of: order, client) }
            var returnID: String?
            if let goods { returnID = try await ReturnLookup.id(of: goods, client) }
            let refunds = try await client.get(
                "/refunds",
                [
                    "status": status, "order_id": orderID, "return_id": returnID, "external_id": externalId,
                    "created_since": createdSince, "created_before": createdBefore, "limit": page.limitText,
                    "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: refunds) { try RefundPicture.list.lines(refunds, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one refund: what it is for, and whether its money has moved.")

        @Argument(help: "The refund's id (rfd_…).") var refund: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await APIClient(environment).get("/refunds/\(refund)")
            try Printer(output, environment).show(json: json) { style in
                RefundPicture.lines(try JSONDecoder().decode(RefundModel.self, from: Data(json)), style)
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says how a refund's amount came about.")

        @Argument(help: "The refund's id (rfd_…).") var refund: String
        @Option(name: .customLong("for"), help: "Whom it is told to: staff or customer.") var audience: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await APIClient(environment).get("/refunds/\(refund)/explain", ["for": audience])
            try Printer(output, environment).show(json: json) { _ in
                let explanation = try JSONDecoder().decode(JSONValue.self, from: Data(json))
                // Its own lines stay lines.
                return (explanation["text"]?.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                    .map { SafeText.line(String($0)) }
            }
        }
    }
}
