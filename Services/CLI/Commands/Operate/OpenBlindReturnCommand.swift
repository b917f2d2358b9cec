import ArgumentParser
import Commerce
import Foundation

extension BlindReceiptsCommand {
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens the return that they are of, which receives them, for a person to inspect.",
            discussion: """
                It is checked by the policy as every return is: stateset returns blind open blr_… --order 1042 \
                --return-reason wrong_size --reason "Her name is in the parcel."
                """)

        @Argument(help: "Its id (blr_…).") var id: String
        @Option(
            help: "The order's id (ord_…), or its number or id at any provider; the one they lead to when left out.")
        var order: String?
        @Option(
            parsing: .upToNextOption,
            help: "What of them, as SKU=QUANTITY or line:ID=QUANTITY; everything when left out.")
        var lines: [QuantityArgument] = []
        @Option(help: "Why the customer sends them back, in the policy's words: wrong_size.") var returnReason: String?
        @Option(help: "original_payment (when left out), store_credit or exchange.") var resolution: String?
        @Option(parsing: .upToNextOption, help: "Of an exchange: what is wanted instead, as SKU=QUANTITY.")
        var exchangeLines: [QuantityArgument] = []
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
            var body: [String: JSONValue] = ["reason": .string(reason)]
            if let order { body["order_id"] = .string(try await OrderLookup.id(of: order, client)) }
            let asked = try await lines.isEmpty ? everything(client) : lines.map(\.line)
            body["lines"] = .array(asked.map(reasoned))
            body["resolution"] = resolution.map(JSONValue.string)
            if !exchangeLines.isEmpty { body["exchange_lines"] = .array(exchangeLines.map(\.goods)) }
            return try await client.post("/blind-receipts/\(id)/open-return", body: .object(body))
        }

        private struct Receipt: Decodable {
            var goods: [Goods]

            struct Goods: Decodable {
                var sku: String
                var quantity: Int
            }
        }

        /// What came in.
        private func everything(_ client: APIClient) async throws -> [JSONValue] {
            let shown = try await client.get("/blind-receipts/\(id)")
            return try JSONDecoder().decode(Receipt.self, from: Data(shown)).goods.map {
                .object(["sku": .string($0.sku), "quantity": .number(Decimal($0.quantity))])
            }
        }

        private func reasoned(_ line: JSONValue) -> JSONValue {
            guard let returnReason, case .object(var members) = line else { return line }
            members["reason"] = .string(returnReason)
            return .object(members)
        }
    }
}
