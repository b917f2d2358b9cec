import ArgumentParser
import Commerce
import Foundation

struct RegistrationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registrations", abstract: "Products registered to their owners.",
        subcommands: [List.self, Show.self, Verify.self, Reject.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists registrations, newest first.")

        @Option(help: "The owner's e-mail address.") var email: String?
        @Option(help: "The goods' SKU.") var sku: String?
        @Option(help: "The serial number.") var serial: String?
        @Option(help: "verified, unverified or rejected.") var status: String?
        @OptionGroup var page: ListOptions
        @OptionGroup var output: OutputOptions

        private static let view = ListView(
            columns: [
                .time("registered", "created_at"), .status(), .text("sku"), .text("serial"),
                .text("bought", "purchased_on"), .text("email"), .text("order", "order_id"),
                .text("registration", "id"),
            ], none: "no registrations")

        func run() async throws {
            let environment = CLIEnvironment.current
            let found = try await APIClient(environment).get(
                "/warranty-registrations",
                [
                    "email": email, "sku": sku, "serial": serial, "status": status, "limit": page.limitText,
                    "cursor": page.cursor,
                ])
            try Printer(output, environment).show(json: found) { try Self.view.lines(found, $0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one registration with its proof.")

        @Argument(help: "The registration's id (reg_…).") var registration: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let found = try await APIClient(environment).get("/warranty-registrations/\(registration)")
            try Printer(output, environment).show(json: found) { try RecordPicture.lines(found, $0) }
        }
    }

    struct Verify: RegistrationVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Accepts the proof of purchase.")
        static let verb = "verify"
        @OptionGroup var options: RegistrationVerbOptions
    }

    struct Reject: RegistrationVerbCommand {
        static let configuration = CommandConfiguration(abstract: "Refuses the proof of purchase.")
        static let verb = "reject"
        @OptionGroup var options: RegistrationVerbOptions
    }
}

struct RegistrationVerbOptions: ParsableArguments {
    @Argument(help: "The registration's id (reg_…).") var registration: String
    @Option(help: "Why, for the audit log.") var reason: String
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions
}

/// A verb on one registration: asks the API and shows it as it is then.
protocol RegistrationVerbCommand: AsyncParsableCommand {
    static var verb: String { get }
    var options: RegistrationVerbOptions { get }
}

extension RegistrationVerbCommand {
    func run() async throws {
        let environment = CLIEnvironment.current
        let decided = try await APIClient(environment, writing: options.write).post(
            "/warranty-registrations/\(options.registration)/\(Self.verb)", body: ["reason": .string(options.reason)])
        try Printer(options.output, environment).show(json: decided) { try RecordPicture.lines(decided, $0) }
    }
}
