import ArgumentParser
import Commerce
import Foundation

struct WarrantiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warranties", abstract: "Claims under warranties.",
        subcommands: [
            List.self, Show.self, Approve.self, Reject.self, Cancel.self, Inspect.self, Repair.self, Terms.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists claims, newest first.")

        @Option(help: "The order's id (ord_…), or its number or id at any provider.") var order: String?
        @Option(help: "The registration's id (reg_…).") var registration: String?
        @Option(help: "The claim's status.") var status: String?
        @Option(help: "The goods' SKU.") var sku: String?
        @Option(help: "Only what changed at or after this time (RFC 3339).") var updatedSince: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("asked", "created_at"), .status(), .text("sku"), .text("problem"), .text("remedy"),
                .init(heading: "covered until") { .init($0["coverage"]?["ends_on"]?.text ?? "-") },
                .init(heading: "why") { .init($0["status_reason"]?["code"]?.text ?? "", .bad) },
                .text("order", "order_id"), .text("claim", "id"),
            ], none: "no claims")

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment)
            var orderID: String?
            if let order { orderID = try await OrderLookup.id(of: order, client) }
            let claims = try await client.get(
                "/warranties",
                [
                    "order_id": orderID, "registration_id": registration, "status": status, "sku": sku,
                    "updated_since": updatedSince, "limit": page.limitText, "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: claims) { try Self.view.lines(claims, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one claim with its history.")

        @Argument(help: "The claim's id (wty_…).") var warrantyID: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let json = try await APIClient(environment).get("/warranties/\(warrantyID)")
            try Printer(output, environment).show(warranty: json)
        }
    }
}

extension Printer {
    func show(warranty json: [UInt8]) throws {
        try show(json: json) { style in
            WarrantyPicture.lines(try JSONDecoder().decode(WarrantyModel.self, from: Data(json)), style)
        }
    }
}
