import ArgumentParser
import Commerce
import Foundation

extension WarrantiesCommand {
    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records what was found about a claim's goods that are here; without a defect a person decides.")

        @OptionGroup var claim: BenchOptions
        @Option(help: "defect, no_fault, misuse or not_ours.") var finding: String
        @Option(help: "repair, replacement or refund, where it is to be another than the claim's.") var remedy: String?
        @Option(help: "What was seen.") var note: String?

        func run() async throws {
            try await tell("inspect", of: claim, ["finding": finding, "remedy": remedy, "note": note])
        }
    }

    struct Repair: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records how a repair has ended; mended goods are on their way back by then.")

        @OptionGroup var claim: BenchOptions
        @Option(help: "repaired or unrepairable.") var outcome: String
        @Option(help: "What was done.") var note: String?
        @Option(help: "Of the parcel in which the goods go back.") var trackingNumber: String?
        @Option(help: "The carrier of that parcel.") var carrier: String?

        func run() async throws {
            let members: [String: String?] = [
                "outcome": outcome, "note": note, "tracking_number": trackingNumber, "carrier": carrier,
            ]
            try await tell("repair", of: claim, members)
        }
    }
}

/// What the bench says is of a claim.
struct BenchOptions: ParsableArguments {
    @Argument(help: "The claim's id (wty_…).") var id: String
    @OptionGroup var write: WriteOptions
    @OptionGroup var output: OutputOptions
}

/// Tells the API what the bench has found or done, and shows the claim as it is then.
private func tell(_ verb: String, of claim: BenchOptions, _ members: [String: String?]) async throws {
    let environment = CLIEnvironment.current
    let body = members.compactMapValues { $0.map(JSONValue.string) }
    let changed = try await APIClient(environment, writing: claim.write).post(
        "/warranties/\(claim.id)/\(verb)", body: .object(body))
    try Printer(claim.output, environment).show(warranty: changed)
}
