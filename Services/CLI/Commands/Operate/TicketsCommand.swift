import ArgumentParser
import Commerce
import Foundation

struct TicketsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tickets", abstract: "Tickets.", subcommands: [List.self, Show.self, Change.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists tickets, newest first.")

        @Option(help: "The ticket's status.") var status: String?
        @Option(help: "The customer's e-mail address.") var email: String?
        @Option(help: "The order of its return: our id, its number, or its id at any provider.") var order: String?
        @Option(help: "Words of the subject, the e-mail address or the custom fields.") var q: String?
        @Option(help: "Only what changed at or after this time (RFC 3339).") var updatedSince: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("opened", "created_at"), .status(), .text("subject"), .text("customer", "customer_email"),
                .text("return", "return_id"), .text("ticket", "id"),
            ], none: "no tickets")

        func run() async throws {
            let environment = CLIEnvironment.current
            let tickets = try await APIClient(environment).get(
                "/tickets",
                [
                    "status": status, "customer_email": email, "order_id": order, "q": q,
                    "updated_since": updatedSince, "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: tickets) { try Self.view.lines(tickets, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one ticket with its fields and what happened to its return.")

        @Argument(help: "The ticket's id (tkt_…).") var ticket: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            try await Printer(output, environment).show(ticket: try await client.get("/tickets/\(ticket)"), client)
        }
    }
}

extension Printer {
    /// With what happened to its return.
    func show(ticket json: [UInt8], _ client: APIClient) async throws {
        let model = try JSONDecoder().decode(TicketModel.self, from: Data(json))
        var goods: ReturnModel?
        if !isJSON, let returnID = model.returnID {
            goods = try JSONDecoder().decode(
                ReturnModel.self, from: Data(try await client.get("/returns/\(returnID)")))
        }
        try show(json: json) { try TicketPicture.lines(model, goods, $0) }
    }
}
