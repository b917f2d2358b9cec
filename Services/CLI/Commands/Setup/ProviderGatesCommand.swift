import ArgumentParser
import Commerce
import Foundation
import Messaging
import ProviderGates

struct ProviderGatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gates", abstract: "Shows what stands before the calls to each account.",
        discussion: """
            Places taken of those that may be; calls or points that may be made at once of those the account's bucket \
            holds; and whether calls are held back because the provider does not work.
            """)

    @Option(help: "The workspace (ws_…).") var workspace: String?
    @OptionGroup var output: OutputOptions

    private struct Page: Encodable {
        var data: [GateSummary]
    }

    func run() async throws {
        let environment = CLIEnvironment.current
        let workspaceID = try environment.workspace(workspace)
        let gates = try await Database.with(environment) { try await GateSummary.all(of: workspaceID, in: $0) }
        try Printer(output, environment).show(json: Page(data: gates)) { style in
            guard !gates.isEmpty else { return ["no provider was called yet"] }
            return Table(
                headings: ["account", "under way", "rate", "breaker", "since", "waiting"], rows: gates.map(Self.row)
            ).lines(style)
        }
    }

    static func row(_ gate: GateSummary) -> [Table.Cell] {
        [
            .init(gate.account), .init(gate.slots.map { "\(gate.slotsTaken) of \($0)" } ?? "-"), .init(rate(of: gate)),
            .init(gate.breaker, gate.breaker == "closed" ? .good : .bad),
            .init(Moment.text(WireJSON.text(gate.breakerSince))), .init(waiting(at: gate)),
        ]
    }

    private static func rate(of gate: GateSummary) -> String {
        guard let tokens = gate.tokens, let burst = gate.burst, let perSecond = gate.perSecond else { return "-" }
        return "\(Int(max(0, tokens))) of \(Int(burst)), \(perSecond.formatted()) a second"
    }

    private static func waiting(at gate: GateSummary) -> String {
        let reasons = [
            gate.blockedUntil.map { "all until \(Moment.text(WireJSON.text($0)))" },
            gate.customersWaitUntil.map { "customers until \(Moment.text(WireJSON.text($0)))" },
            gate.bulkWaitsUntil.map { "bulk until \(Moment.text(WireJSON.text($0)))" },
        ]
        let told = reasons.compactMap(\.self)
        return told.isEmpty ? "-" : told.joined(separator: ", ")
    }
}
