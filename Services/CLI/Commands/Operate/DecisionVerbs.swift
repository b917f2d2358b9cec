import ArgumentParser
import Commerce

/// What every verb on one return is given.
struct ReturnVerbOptions: RecordVerbOptions {
    @Argument(help: "The return's id (ret_…), or its RMA number or id at any provider.") var id: String
    @Option(help: "Why, for the audit log.") var reason: String
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    func recordID(_ client: APIClient) async throws -> String { try await ReturnLookup.id(of: id, client) }
}

/// What every verb on one claim is given.
struct ClaimVerbOptions: RecordVerbOptions {
    @Argument(help: "The claim's id (wty_…).") var id: String
    @Option(help: "Why, for the audit log.") var reason: String
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions

    func recordID(_ client: APIClient) async throws -> String { id }
}

/// On a return.
protocol ReturnVerbCommand: RecordVerbCommand where Options == ReturnVerbOptions {}

extension ReturnVerbCommand {
    static var collection: String { "returns" }
    func show(_ record: [UInt8], on printer: Printer) throws { try printer.show(return: record) }
}

/// On a claim.
protocol WarrantyVerbCommand: RecordVerbCommand where Options == ClaimVerbOptions {}

extension WarrantyVerbCommand {
    static var collection: String { "warranties" }
    func show(_ record: [UInt8], on printer: Printer) throws { try printer.show(warranty: record) }
}

extension ReturnsCommand {
    struct Approve: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a return in review go on, or a part of it; goods that are here need their grade first.",
            discussion: "A part is approved before anything was done for the whole; the rest leaves the return.")
        static let verb = "approve"
        @OptionGroup var options: ReturnVerbOptions
        @Option(
            parsing: .upToNextOption,
            help: "What is kept, as SKU=QUANTITY, or line:ID=QUANTITY where several lines have the SKU.")
        var lines: [QuantityArgument] = []
        @Option(parsing: .upToNextOption, help: "Of an exchange: what is given for what is kept, as SKU=QUANTITY.")
        var exchangeLines: [QuantityArgument] = []
        @Option(help: "What the customer is told of what is not kept; the reason is not.") var message: String?

        var details: [String: JSONValue] {
            var details: [String: JSONValue] = message.map { ["message": .string($0)] } ?? [:]
            if !lines.isEmpty { details["lines"] = .array(lines.map(\.line)) }
            if !exchangeLines.isEmpty { details["exchange_lines"] = .array(exchangeLines.map(\.goods)) }
            return details
        }
    }

    struct Reject: ReturnVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a return in review; the customer is told.")
        static let verb = "reject"
        @OptionGroup var options: ReturnVerbOptions
        @Option(help: "What the customer is told; the reason is not.") var message: String?
        var details: [String: JSONValue] { message.map { ["message": .string($0)] } ?? [:] }
    }

    struct Cancel: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undoes what was done for a return whose goods are not here.")
        static let verb = "cancel"
        @OptionGroup var options: ReturnVerbOptions
    }

    struct Reopen: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes up a return that was rejected, cancelled or has expired, or was closed without money.")
        static let verb = "reopen"
        @OptionGroup var options: ReturnVerbOptions
    }

    struct ReissueLabel: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            commandName: "reissue-label",
            abstract: "Gives the customer another label while nobody has seen the parcel, and voids the one before.")
        static let verb = "reissue-label"
        @OptionGroup var options: ReturnVerbOptions
    }
}

extension WarrantiesCommand {
    struct Approve: WarrantyVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a claim in review go on.")
        static let verb = "approve"
        @OptionGroup var options: ClaimVerbOptions
        @Option(help: "repair, replacement or refund, where it is to be another than the claim's.") var remedy: String?
        var details: [String: JSONValue] { remedy.map { ["remedy": .string($0)] } ?? [:] }
    }

    struct Reject: WarrantyVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a claim in review; the customer is told.")
        static let verb = "reject"
        @OptionGroup var options: ClaimVerbOptions
        @Option(help: "What the customer is told; the reason is not.") var message: String?
        @Option(help: "Of the parcel in which goods that are here go back.") var trackingNumber: String?
        @Option(help: "The carrier of that parcel.") var carrier: String?

        var details: [String: JSONValue] {
            ["message": message, "tracking_number": trackingNumber, "carrier": carrier]
                .compactMapValues { $0.map(JSONValue.string) }
        }
    }

    struct Cancel: WarrantyVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Undoes what was done for a claim.")
        static let verb = "cancel"
        @OptionGroup var options: ClaimVerbOptions
    }
}
