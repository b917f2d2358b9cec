import ArgumentParser
import Foundation
import Providers

/// What every verb on one return or claim is given.
struct DecisionOptions: ParsableArguments {
    @Argument(help: "The return's or claim's id (ret_…, wty_…); of a return also its RMA number.") var id: String
    @Option(help: "Why, for the audit log.") var reason: String
    @OptionGroup var output: OutputOptions
}

/// A verb on one return or claim: asks the API and shows it as it is then.
protocol DecisionCommand: AsyncParsableCommand {
    static var verb: String { get }
    var options: DecisionOptions { get }
    /// What goes with the reason.
    var details: [String: JSONValue] { get }
    /// How it is shown.
    func show(_ json: [UInt8], on printer: Printer) throws
}

extension DecisionCommand {
    var details: [String: JSONValue] { [:] }

    fileprivate func ask(
        _ collection: String, of id: (String, APIClient) async throws -> String
    ) async throws {
        let environment = CLIEnvironment.current
        let client = try APIClient(environment)
        let subject = try await id(options.id, client)
        let body = details.merging(["reason": .string(options.reason)]) { $1 }
        let json = try await client.post("/\(collection)/\(subject)/\(Self.verb)", body: .object(body))
        try show(json, on: Printer(options.output, environment))
    }
}

/// On a return.
protocol ReturnVerbCommand: DecisionCommand {}

extension ReturnVerbCommand {
    func run() async throws { try await ask("returns", of: ReturnLookup.id) }
    func show(_ json: [UInt8], on printer: Printer) throws { try printer.show(return: json) }
}

/// On a claim.
protocol WarrantyVerbCommand: DecisionCommand {}

extension WarrantyVerbCommand {
    func run() async throws { try await ask("warranties") { id, _ in id } }
    func show(_ json: [UInt8], on printer: Printer) throws { try printer.show(warranty: json) }
}

extension ReturnsCommand {
    struct Approve: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a return in review go on; goods that are here need their grade first.")
        static let verb = "approve"
        @OptionGroup var options: DecisionOptions
    }

    struct Reject: ReturnVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a return in review; the customer is told.")
        static let verb = "reject"
        @OptionGroup var options: DecisionOptions
        @Option(help: "What the customer is told; the reason is not.") var message: String?
        var details: [String: JSONValue] { message.map { ["message": .string($0)] } ?? [:] }
    }

    struct Cancel: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undoes what was done for a return whose goods are not here.")
        static let verb = "cancel"
        @OptionGroup var options: DecisionOptions
    }

    struct Reopen: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes up a return that was rejected, cancelled or has expired, or was closed without money.")
        static let verb = "reopen"
        @OptionGroup var options: DecisionOptions
    }

    struct ReissueLabel: ReturnVerbCommand {
        static let configuration = CommandConfiguration(
            commandName: "reissue-label",
            abstract: "Gives the customer another label while nobody has seen the parcel, and voids the one before.")
        static let verb = "reissue-label"
        @OptionGroup var options: DecisionOptions
    }
}

extension WarrantiesCommand {
    struct Approve: WarrantyVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a claim in review go on.")
        static let verb = "approve"
        @OptionGroup var options: DecisionOptions
        @Option(help: "repair, replacement or refund, where it is to be another than the claim's.") var remedy: String?
        var details: [String: JSONValue] { remedy.map { ["remedy": .string($0)] } ?? [:] }
    }

    struct Reject: WarrantyVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a claim in review; the customer is told.")
        static let verb = "reject"
        @OptionGroup var options: DecisionOptions
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
        @OptionGroup var options: DecisionOptions
    }
}
