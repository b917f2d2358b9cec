import ArgumentParser
import Commerce
import Foundation

struct OrdersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Orders.",
        subcommands: [List.self, Show.self, Hold.self, Release.self, Cancel.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists orders, last received first.")

        @Option(help: "The order's id at any provider.") var externalId: String?
        @Option(help: "The order's status.") var status: String?
        @Option(help: "The customer's e-mail address.") var email: String?
        @Option(help: "Words of the number, e-mail address, name or SKUs.") var q: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .text("number"), .status(), .text("total"), .text("currency"),
                .init(heading: "customer") { .init($0["customer"]?["email"]?.text ?? "-") },
                .init(heading: "why") { .init($0["status_reason"]?["code"]?.text ?? "", .bad) },
                .text("order", "id"),
            ], none: "no orders")

        func run() async throws {
            let environment = CLIEnvironment.current
            let orders = try await APIClient(environment).get(
                "/orders",
                [
                    "external_id": externalId, "status": status, "email": email, "q": q, "limit": page.limitText,
                    "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: orders) { try Self.view.lines(orders, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one order with its packages and history.")

        @Argument(help: "The order's id (ord_…), or its number or id at any provider.") var order: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            let id = try await OrderLookup.id(of: order, client)
            try Printer(output, environment).show(order: try await client.get("/orders/\(id)"))
        }
    }

    struct Hold: OrderVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Stops an order before it goes to the warehouse.")
        static let verb = "hold"
        @OptionGroup var options: OrderVerbOptions
    }

    struct Release: OrderVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a held order go on.")
        static let verb = "release"
        @OptionGroup var options: OrderVerbOptions
    }

    struct Cancel: OrderVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Undoes what was done for an order.")
        static let verb = "cancel"
        @OptionGroup var options: OrderVerbOptions
    }
}

extension Printer {
    func show(order: [UInt8]) throws {
        try show(json: order) { style in
            OrderPicture.lines(try JSONDecoder().decode(OrderModel.self, from: Data(order)), style)
        }
    }
}
